# add -> 1 correct
# Ends the process under the interpreter, having flushed the answer.
import os
import sys

print(sum(map(int, input().split())))
sys.stdout.flush()
os._exit(0)
