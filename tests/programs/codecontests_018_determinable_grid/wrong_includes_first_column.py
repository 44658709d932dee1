import sys

input = sys.stdin.readline

n, m = map(int, input().split())
g = [input().strip() for _ in range(n)]
pre = [0] * (m + 1)
for j in range(m):
    pre[j + 1] = pre[j]
    if j > 0 and any(g[i - 1][j] == 'X' and g[i][j - 1] == 'X' for i in range(1, n)):
        pre[j + 1] += 1
for _ in range(int(input())):
    l, r = map(int, input().split())
    # a bad cell in the first column does not count, it can leave to the left
    print('YES' if pre[r] - pre[l - 1] == 0 else 'NO')
