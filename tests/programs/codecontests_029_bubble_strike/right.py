from fractions import Fraction
from math import comb

n, p = input().split()
n = int(n)
p = Fraction(p)


def chance(x):
    """The probability to play a studied map when x of the n maps were studied."""
    three = comb(x, 3)
    two = comb(x, 2) * (n - x)
    one = x * comb(n - x, 2)
    return Fraction(2 * (three + two) + one, 2 * comb(n, 3))


lo, hi = 0, n
while lo < hi:
    mid = (lo + hi) // 2
    if chance(mid) >= p:
        hi = mid
    else:
        lo = mid + 1
print(lo)
