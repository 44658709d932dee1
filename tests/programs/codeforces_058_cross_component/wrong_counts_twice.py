import sys
sys.setrecursionlimit(10 ** 6)


def dfs(x, y):
    stack = [(x, y)]
    comp[x][y] = cid
    cells = 0
    rows, cols = set(), set()
    while stack:
        i, j = stack.pop()
        cells += 1
        rows.update((i - 1, i, i + 1))
        cols.update((j - 1, j, j + 1))
        for u, v in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
            if 0 <= u < n and 0 <= v < m and g[u][v] == '#' and comp[u][v] < 0:
                comp[u][v] = cid
                stack.append((u, v))
    return cells, rows, cols


for _ in range(int(input())):
    n, m = map(int, input().split())
    g = [input() for _ in range(n)]
    comp = [[-1] * m for _ in range(n)]
    R, C = [0] * n, [0] * m
    cid = 0
    for i in range(n):
        for j in range(m):
            if g[i][j] == '#' and comp[i][j] < 0:
                size, rows, cols = dfs(i, j)
                cid += 1
                for r in rows:
                    if 0 <= r < n:
                        R[r] += size
                for c in cols:
                    if 0 <= c < m:
                        C[c] += size
    best = 0
    for i in range(n):
        for j in range(m):
            # a component that touches both the row and the column is counted twice
            new = g[i].count('.') + sum(g[k][j] == '.' for k in range(n)) - (g[i][j] == '.')
            best = max(best, R[i] + C[j] + new)
    print(best)
