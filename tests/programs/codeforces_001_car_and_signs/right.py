import sys
from bisect import bisect_right

input = sys.stdin.readline


def solve():
    n, k, q = map(int, input().split())
    a = [0] + list(map(int, input().split()))
    b = [0] + list(map(int, input().split()))
    res = []
    for _ in range(q):
        d = int(input())
        i = bisect_right(a, d) - 1
        if a[i] == d:
            res.append(b[i])
            continue
        dist = a[i + 1] - a[i]
        time = b[i + 1] - b[i]
        res.append(b[i] + (d - a[i]) * time // dist)
    print(*res)


for _ in range(int(input())):
    solve()
