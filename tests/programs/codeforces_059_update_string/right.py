import heapq


def solve():
    n, m = map(int, input().split())
    s = list(input().strip())
    ind = set(map(int, input().split()))
    c = list(input().strip())
    heapq.heapify(c)
    for i in sorted(ind):
        s[i - 1] = heapq.heappop(c)
    return ''.join(s)


t = int(input())
print('\n'.join(solve() for _ in range(t)))
