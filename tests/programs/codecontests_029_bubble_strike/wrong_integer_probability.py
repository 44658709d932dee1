import sys


def main():
    n, p = map(float, sys.stdin.readline().split())
    n = int(n)
    total = n * (n - 1) * (n - 2)
    percent = int(p * 100)  # drops the last two digits of P
    for x in range(n + 1):
        y = n - x
        good = x * (x - 1) * (x - 2) + 3 * x * (x - 1) * y + 3 * x * y * (y - 1) / 2
        if good * 100 >= percent * total:
            print(x)
            return


main()
