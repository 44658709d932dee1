import sys

MOD = 998244353
n, x = map(int, sys.stdin.read().split())
# no winner when the two strongest are equal, or all die in the first round
ans = pow(min(x, n - 1), n, MOD)
for top in range(n, x + 1):
    at_most = pow(top, n, MOD)
    below = pow(top - 1, n, MOD)
    exactly_one = n * pow(top - 1, n - 1, MOD)
    ans += at_most - below - exactly_one
print(ans % MOD)
