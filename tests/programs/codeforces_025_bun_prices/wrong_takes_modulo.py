import sys

MOD = 10 ** 9 + 7


def solve(n, a, b):
    k = min(n, max(0, b - a))
    total = k * b - k * (k - 1) // 2 + (n - k) * a
    return total % MOD


lines = sys.stdin.readlines()
for line in lines[1:]:
    if line.strip():
        print(solve(*map(int, line.split())))
