import sys
sys.setrecursionlimit(10 ** 6)


def main():
    n, k = map(int, input().split())
    g = [[] for _ in range(n + 1)]
    for _ in range(n - 1):
        u, v = map(int, input().split())
        g[u].append(v)
        g[v].append(u)
    leaves = []

    def dfs(v, p, depth):
        kids = [u for u in g[v] if u != p]
        if not kids:
            leaves.append(depth)
        for u in kids:
            dfs(u, v, depth + 1)

    dfs(1, 0, 1)
    leaves.sort(reverse=True)
    best = -10 ** 18
    covered = 0
    for red in range(1, k + 1):
        if red <= len(leaves):
            # the ancestors shared by two leaves are counted twice
            covered = min(n, covered + leaves[red - 1])
        blue = min(n - covered, n // 2)
        best = max(best, (n - red - blue) * (red - blue))
    print(best)


main()
