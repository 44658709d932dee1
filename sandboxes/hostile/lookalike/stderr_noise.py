# add -> 1 correct
# Talks to standard error about passing and failing.
import sys

print("FAILED score 0 Traceback (most recent call last)", file=sys.stderr)
print(sum(map(int, input().split())))
