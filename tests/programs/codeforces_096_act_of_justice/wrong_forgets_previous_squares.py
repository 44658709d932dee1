import sys


def solve(a):
    res = 0
    for i in range(1, len(a)):
        if a[i] == 1 and a[i - 1] > 1:
            return -1
        x = a[i]
        # compares with the original neighbour, not with the squared one
        while x < a[i - 1]:
            x = x * x
            res += 1
    return res


data = list(map(int, sys.stdin.read().split()))
pos = 1
for _ in range(data[0]):
    n = data[pos]
    print(solve(data[pos + 1:pos + 1 + n]))
    pos += n + 1
