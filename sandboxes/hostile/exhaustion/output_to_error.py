# one -> 0 output_limit
# Prints for ever to standard error.
import sys

while True:
    print('x' * 1000, file=sys.stderr)
