from collections import defaultdict

MOD = 10 ** 9 + 7


def solve(s):
    n = len(s)
    starts = defaultdict(int)  # balance before x -> sum of x over those starts
    balance = 0
    answer = 0
    for y, ch in enumerate(s, 1):
        starts[balance] += y
        balance += 1 if ch == '1' else -1
        answer += starts[balance] * (n - y + 1)
    return answer % MOD


for _ in range(int(input())):
    print(solve(input().strip()))
