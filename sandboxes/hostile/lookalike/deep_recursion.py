# add -> 1 correct
# Recurses deeply, as its problem wants.
import sys

sys.setrecursionlimit(10**6)


def count(n):
    return n and 1 + count(n - 1)


assert count(50_000) == 50_000
print(sum(map(int, input().split())))
