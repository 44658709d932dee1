import sys

input = sys.stdin.readline

for _ in range(int(input())):
    n = int(input())
    best = 0
    out = []
    for _ in range(n):
        a, b = map(int, input().split())
        # equal blocks meet after what is between them is gone, but they are not merged
        best = max(best, a)
        out.append(best)
    print(*out)
