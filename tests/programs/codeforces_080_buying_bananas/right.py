import sys
from itertools import product


def main():
    t = int(input())
    for _ in range(t):
        a, b, c = map(int, input().split())
        best = 0
        for i, j, k in product(range(6), repeat=3):
            if i + j + k <= 5:
                best = max(best, (a + i) * (b + j) * (c + k))
        print(best)
    sys.exit(0)


if __name__ == '__main__':
    main()
