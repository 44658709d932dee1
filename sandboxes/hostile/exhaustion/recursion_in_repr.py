# one -> 0 cpu_limit
# Nesting that printing has to follow.
import sys

sys.setrecursionlimit(2**31 - 1)
nested = []
for _ in range(10**5):
    nested = [nested]
print(nested)
