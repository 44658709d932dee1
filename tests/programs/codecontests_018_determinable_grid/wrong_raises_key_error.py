n, m = map(int, input().split())
grid = [input() for _ in range(n)]
blocked = {}
for i in range(1, n):
    for j in range(1, m):
        if grid[i - 1][j] == 'X' and grid[i][j - 1] == 'X':
            blocked[j] = True

total = {0: 0}
for j in range(1, m):
    total[j] = total[j - 1] + blocked.get(j, False)

for _ in range(int(input())):
    a, b = map(int, input().split())
    # 1-based columns are used as 0-based ones
    print('NO' if total[b] - total[a] else 'YES')
