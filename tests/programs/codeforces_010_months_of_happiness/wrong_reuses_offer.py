import sys


def main():
    data = sys.stdin.buffer.read().split()
    p = 1
    for _ in range(int(data[0])):
        m, x = int(data[p]), int(data[p + 1])
        p += 2
        costs = [int(c) for c in data[p:p + 2 * m:2]]
        happy = [int(h) for h in data[p + 1:p + 2 * m:2]]
        p += 2 * m
        top = sum(happy)
        dp = [0] + [10 ** 18] * top
        for i in range(m):
            # upwards: the same offer can be bought several times in one month
            for h in range(happy[i], top + 1):
                c = dp[h - happy[i]] + costs[i]
                if c <= i * x:
                    dp[h] = min(dp[h], c)
        print(max(h for h in range(top + 1) if dp[h] < 10 ** 18))


main()
