import sys

MOD = 10 ** 9 + 7


def solve(s):
    n = len(s)
    pos = {0: 1}
    bal, res = 0, 0
    for i, ch in enumerate(s, 1):
        bal += 1 if ch == '1' else -1
        res = (res + pos.get(bal, 0) * (n - i + 1)) % MOD
        pos[bal] = pos.get(bal, 0) + i + 1
    return res


for s in sys.stdin.read().split()[1:]:
    print solve(s)
