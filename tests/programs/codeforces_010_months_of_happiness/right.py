import sys


def main():
    it = map(int, sys.stdin.buffer.read().split())
    out = []
    for _ in range(next(it)):
        m, x = next(it), next(it)
        offers = [(next(it), next(it)) for _ in range(m)]
        total = sum(h for _, h in offers)
        INF = float('inf')
        # best[h]: the least money spent to collect exactly h happiness
        best = [0] + [INF] * total
        have = 0
        for c, h in offers:
            for cur in range(total, h - 1, -1):
                cost = best[cur - h] + c
                if cost <= have and cost < best[cur]:
                    best[cur] = cost
            have += x
        out.append(max(h for h in range(total + 1) if best[h] < INF))
    sys.stdout.write('\n'.join(map(str, out)) + '\n')


main()
