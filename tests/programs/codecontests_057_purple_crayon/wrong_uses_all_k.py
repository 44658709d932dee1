import sys

input = sys.stdin.readline

n, k = map(int, input().split())
adj = [[] for _ in range(n)]
for _ in range(n - 1):
    u, v = map(int, input().split())
    adj[u - 1].append(v - 1)
    adj[v - 1].append(u - 1)

par = [-1] * n
order = [0]
for v in order:
    for u in adj[v]:
        if u != par[v]:
            par[u] = v
            order.append(u)

height = [1] * n
chains = []
for v in reversed(order):
    kids = sorted(height[u] for u in adj[v] if u != par[v])
    if kids:
        height[v] = kids.pop() + 1
        chains += kids
chains.append(height[0])
chains.sort(reverse=True)

# red colours exactly k nodes, even when fewer would be better
covered = sum(chains[:k])
blue = min(n - covered, n // 2)
print((n - k - blue) * (k - blue))
