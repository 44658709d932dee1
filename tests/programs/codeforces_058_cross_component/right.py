import sys
from collections import deque


def solve(n, m, grid):
    seen = [[False] * m for _ in range(n)]
    row = [0] * (n + 2)
    col = [0] * (m + 2)
    both = [[0] * (m + 2) for _ in range(n + 2)]
    for i in range(n):
        for j in range(m):
            if grid[i][j] != '#' or seen[i][j]:
                continue
            seen[i][j] = True
            queue = deque([(i, j)])
            size = 0
            top = bottom = i
            left = right = j
            while queue:
                x, y = queue.popleft()
                size += 1
                top, bottom = min(top, x), max(bottom, x)
                left, right = min(left, y), max(right, y)
                for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                    u, v = x + dx, y + dy
                    if 0 <= u < n and 0 <= v < m and grid[u][v] == '#' and not seen[u][v]:
                        seen[u][v] = True
                        queue.append((u, v))
            top, bottom = max(top - 1, 0), min(bottom + 1, n - 1)
            left, right = max(left - 1, 0), min(right + 1, m - 1)
            row[top] += size
            row[bottom + 1] -= size
            col[left] += size
            col[right + 1] -= size
            both[top][left] += size
            both[top][right + 1] -= size
            both[bottom + 1][left] -= size
            both[bottom + 1][right + 1] += size
    for i in range(1, n):
        row[i] += row[i - 1]
    for j in range(1, m):
        col[j] += col[j - 1]
    for i in range(n):
        for j in range(m):
            if i:
                both[i][j] += both[i - 1][j]
            if j:
                both[i][j] += both[i][j - 1]
            if i and j:
                both[i][j] -= both[i - 1][j - 1]
    free_row = [r.count('.') for r in grid]
    free_col = [c.count('.') for c in zip(*grid)]
    return max(
        row[i] + col[j] - both[i][j] + free_row[i] + free_col[j] - (grid[i][j] == '.')
        for i in range(n) for j in range(m)
    )


data = sys.stdin.read().split()
t = int(data[0])
pos = 1
for _ in range(t):
    n, m = int(data[pos]), int(data[pos + 1])
    print(solve(n, m, data[pos + 2:pos + 2 + n]))
    pos += 2 + n
exit()
