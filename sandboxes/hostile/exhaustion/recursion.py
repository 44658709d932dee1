# one -> 0 memory_limit
# Recursion without end and without Python's own limit.
import sys

sys.setrecursionlimit(2**31 - 1)


def f():
    kept = bytes(100_000)
    f()
    return kept


f()
