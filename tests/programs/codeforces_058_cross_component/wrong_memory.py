import sys

MAX = 10 ** 6

# n * m is at most 10^6, so "make the tables large enough once"
visited = [[False] * MAX for _ in range(MAX)]
size = [[0] * MAX for _ in range(MAX)]


def main():
    t = int(sys.stdin.readline())
    for _ in range(t):
        n, m = map(int, sys.stdin.readline().split())
        g = [sys.stdin.readline().strip() for _ in range(n)]
        best = 0
        for r in range(n):
            for c in range(m):
                h = [list(x) for x in g]
                h[r] = ['#'] * m
                for i in range(n):
                    h[i][c] = '#'
                stack, seen = [(r, c)], {(r, c)}
                while stack:
                    x, y = stack.pop()
                    for u, v in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                        if 0 <= u < n and 0 <= v < m and h[u][v] == '#' and (u, v) not in seen:
                            seen.add((u, v))
                            stack.append((u, v))
                best = max(best, len(seen))
        print(best)


main()
