import sys


def damage(a, k):
    return k + sum(min(k, y - x) for x, y in zip(a, a[1:]))


def solve():
    n, h = map(int, sys.stdin.readline().split())
    a = list(map(int, sys.stdin.readline().split()))
    lo, hi = 1, h
    while lo < hi:
        mid = (lo + hi) // 2
        if damage(a, mid) >= h:
            hi = mid
        else:
            lo = mid + 1
    print(lo)


if __name__ == '__main__':
    for _ in range(int(sys.stdin.readline())):
        solve()
