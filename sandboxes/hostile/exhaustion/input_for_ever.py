# one -> 0 cpu_limit
# Reads on at the end of its input.
import sys

while True:
    sys.stdin.read()
    sys.stdin.buffer.read(1 << 20)
