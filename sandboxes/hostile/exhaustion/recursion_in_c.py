# one -> 0 runtime_error
# Recursion through a C function.
import sys

sys.setrecursionlimit(2**31 - 1)


def f(x):
    return sorted([x, x], key=f)


f(1)
