def main():
    t = int(input())
    for _ in range(t):
        m, x = map(int, input().split())
        dp = {0: 0}
        for month in range(1, m + 1):
            c, h = map(int, input().split())
            new = dict(dp)
            for got, spent in dp.items():
                # the salary of this month is counted too early
                if spent + c <= month * x:
                    key = got + h
                    if key not in new or new[key] > spent + c:
                        new[key] = spent + c
            dp = new
        print(max(dp))


if __name__ == '__main__':
    main()
