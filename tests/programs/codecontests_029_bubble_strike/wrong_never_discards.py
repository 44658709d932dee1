from decimal import Decimal, getcontext

getcontext().prec = 30


def c3(x):
    return Decimal(x) * (x - 1) * (x - 2) / 6


n, p = input().split()
n, p = int(n), Decimal(p)
for x in range(n + 1):
    # a single studied map among the three is left out
    good = c3(x) + Decimal(x * (x - 1) // 2 * (n - x))
    if good / c3(n) >= p:
        print(x)
        break
