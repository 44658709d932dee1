from collections import Counter

t = int(input())
for _ in range(t):
    s = input()
    seen = Counter({0: 1})
    bal = 0
    ans = 0
    for ch in s:
        bal += 1 if ch == '0' else -1
        # counts each balanced substring once instead of once for every range around it
        ans += seen[bal]
        seen[bal] += 1
    print(ans % (10 ** 9 + 7))
