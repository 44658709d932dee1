import sys


def main():
    tokens = iter(sys.stdin.read().split())
    for _ in range(int(next(tokens))):
        n, m = int(next(tokens)), int(next(tokens))
        g = {v: [] for v in range(1, n + 1)}
        for _ in range(n - 1):
            a, b, w = int(next(tokens)), int(next(tokens)), int(next(tokens))
            g[a].append((b, w))
            g[b].append((a, w))
        val = {1: (0, 0)}
        queue = [1]
        for v in queue:
            for u, w in g[v]:
                if u not in val:
                    val[u] = (val[v][0] ^ w, val[v][1] ^ 1)
                    queue.append(u)
        y = 0
        out = []
        for _ in range(m):
            kind = next(tokens)
            if kind == '^':
                y ^= int(next(tokens))
            else:
                v, x = int(next(tokens)), int(next(tokens))
                d, p = val[v]
                # u == v is not excluded
                out.append(max(d ^ e ^ x ^ (y if p != r else 0) for e, r in val.values()))
        print(*out)


main()
