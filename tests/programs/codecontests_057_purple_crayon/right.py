import heapq
import sys


def main():
    data = list(map(int, sys.stdin.buffer.read().split()))
    n, k = data[0], data[1]
    adj = [[] for _ in range(n + 1)]
    for u, v in zip(data[2::2], data[3::2]):
        adj[u].append(v)
        adj[v].append(u)
    parent = [0] * (n + 1)
    order = [1]
    for v in order:
        for u in adj[v]:
            if u != parent[v]:
                parent[u] = v
                order.append(u)
    # long chains: each vertex passes its longest chain up, the others end here
    longest = [0] * (n + 1)
    chains = []
    for v in reversed(order):
        longest[v] += 1
        p = parent[v]
        if longest[v] > longest[p]:
            if longest[p]:
                heapq.heappush(chains, -longest[p])
            longest[p] = longest[v]
        else:
            heapq.heappush(chains, -longest[v])
    heapq.heappush(chains, -longest[0])

    best = None
    covered = 0
    for red in range(k + 1):
        if red and chains:
            covered -= heapq.heappop(chains)
        blue = min(n - covered, n // 2)
        score = (n - red - blue) * (red - blue)
        if best is None or score > best:
            best = score
    print(best)


main()
