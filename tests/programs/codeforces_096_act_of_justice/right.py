import sys

input = sys.stdin.readline


def count(a):
    total = 0
    level = 0  # how many times the previous element was squared
    for prev, cur in zip(a, a[1:]):
        if cur == 1 and prev > 1:
            return -1
        if prev == 1:
            level = 0
            continue
        if cur >= prev:
            x = prev
            while x * x <= cur:
                x *= x
                level -= 1
            level = max(level, 0)
        else:
            x = cur
            while x < prev:
                x *= x
                level += 1
        total += level
    return total


for _ in range(int(input())):
    n = int(input())
    a = list(map(int, input().split()))
    print(count(a))
