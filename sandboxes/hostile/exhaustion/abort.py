# one -> 0 runtime_error
# Aborts the interpreter.
import os

os.abort()
