def main():
    t = int(input())
    for _ in range(t):
        n = int(input())
        a = list(map(int, input().split()))
        g = [[] for _ in range(n)]
        for _ in range(n - 1):
            x, y = map(int, input().split())
            g[x - 1].append(y - 1)
            g[y - 1].append(x - 1)
        alive = set(range(n))
        total = 0
        while alive:
            total += sum(a[v] for v in alive)
            killed = set()
            # always take the strongest monsters first
            for v in sorted(alive, key=lambda v: -a[v]):
                if not any(u in killed for u in g[v]):
                    killed.add(v)
            alive -= killed
        print(total)


if __name__ == '__main__':
    main()
