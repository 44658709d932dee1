from math import factorial

MOD = 998244353

n, q = map(int, input().split())
left = list(map(int, input().split()))
right = list(map(int, input().split()))

# "q + 1 numbers keep their order, the others go anywhere"
ans = factorial(n) // factorial(q + 1)
print(ans % MOD)
