from functools import lru_cache
from math import comb


@lru_cache(None)
def f(n, x):
    if n < 2:
        return 1 - n
    if x < n:
        return x ** n
    s = (n - 1) ** n
    for k in range(2, n + 1):
        s += comb(n, k) * (n - 1) ** (n - k) * f(k, x - n + 1)
    return s


n, x = map(int, input().split())
print(f(n, x))
