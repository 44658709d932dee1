# asserts -> 0 exit_before_check
# Ends the process under the interpreter before the tests.
import os

os._exit(0)
