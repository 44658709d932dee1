import math

n, k = map(int, input().split())
pts = [tuple(map(int, input().split())) for _ in range(n)]
dist = [math.hypot(x, y) for x, y in pts]
ang = [math.atan2(y, x) for x, y in pts]


def count(diam):
    best = 0
    for i in range(n):
        if dist[i] == 0 or dist[i] > diam:
            continue
        # try the centre where point i is on the border, on either side
        for sign in (-1, 1):
            c = ang[i] + sign * math.acos(dist[i] / diam)
            best = max(best, sum(dist[j] <= diam * math.cos(c - ang[j]) + 1e-9 for j in range(n)))
    return max(best, dist.count(0.0))


lo, hi = 0.0, 400000.0
if dist.count(0.0) >= k:
    hi = 0.0
for _ in range(80):
    mid = (lo + hi) / 2
    if mid > 0 and count(mid) >= k:
        hi = mid
    else:
        lo = mid
print('%.6f' % hi)
