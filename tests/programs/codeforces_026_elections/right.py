import sys
from itertools import accumulate


def solve(n, c, a):
    first = a[:]
    first[0] += c
    winner = first.index(max(first))
    prefix = list(accumulate(a))
    # suffix[i] = max(a[i:]), with 0 after the end
    suffix = list(accumulate(reversed(a), max))[::-1] + [0]
    for i in range(n):
        if i == winner:
            yield 0
        elif prefix[i] + c >= suffix[i + 1]:
            yield i
        else:
            yield i + 1


def main():
    read = sys.stdin.readline
    for _ in range(int(read())):
        n, c = map(int, read().split())
        a = list(map(int, read().split()))
        print(*solve(n, c, a))


if __name__ == "__main__":
    main()
