import sys
from bisect import bisect_left

input = sys.stdin.readline

t = int(input())
for _ in range(t):
    n, k, q = map(int, input().split())
    a = [0] + [int(x) for x in input().split()]
    b = [0] + [int(x) for x in input().split()]
    answers = []
    for _ in range(q):
        d = int(input())
        i = bisect_left(a, d)
        if a[i] == d:
            answers.append(b[i])
        else:
            speed = (a[i] - a[i - 1]) / (b[i] - b[i - 1])
            # round() goes to the nearest integer, the statement wants the floor
            answers.append(round(b[i - 1] + (d - a[i - 1]) / speed))
    print(*answers)
