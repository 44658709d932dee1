import sys
from collections import deque

input = sys.stdin.readline


def solve():
    n, m = map(int, input().split())
    g = [[] for _ in range(n)]
    for _ in range(n - 1):
        a, b, w = map(int, input().split())
        g[a - 1].append((b - 1, w))
        g[b - 1].append((a - 1, w))
    d = [None] * n
    d[0] = 0
    q = deque([0])
    while q:
        v = q.popleft()
        for u, w in g[v]:
            if d[u] is None:
                d[u] = d[v] ^ w
                q.append(u)
    y = 0
    ans = []
    for _ in range(m):
        kind, *rest = input().split()
        if kind == '^':
            y ^= int(rest[0])
        else:
            v, x = int(rest[0]) - 1, int(rest[1])
            # y changes only the paths with an odd number of edges
            ans.append(max(d[v] ^ d[u] ^ x ^ y for u in range(n) if u != v))
    print(*ans)


for _ in range(int(input())):
    solve()
