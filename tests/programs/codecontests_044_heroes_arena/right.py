import sys
from functools import cache
from math import comb

sys.setrecursionlimit(10000)
MOD = 998244353


@cache
def draws(n, x):
    """The ways to give n heroes a health of 1..x so that nobody is left alone."""
    if n == 0:
        return 1
    if n == 1:
        return 0
    hit = n - 1
    if x <= hit:
        return pow(x, n, MOD)
    total = 0
    for alive in range(n + 1):
        if alive == 1:
            continue
        dead = pow(hit, n - alive, MOD)
        total += comb(n, alive) % MOD * dead * draws(alive, x - hit)
    return total % MOD


n, x = map(int, input().split())
print(draws(n, x))
