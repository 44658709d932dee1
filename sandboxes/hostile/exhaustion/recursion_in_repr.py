# one -> 0 runtime_error
# Nesting that printing has to follow.
import sys

sys.setrecursionlimit(2**31 - 1)
nested = []
for _ in range(10**4):
    nested = [nested]
print(nested)
