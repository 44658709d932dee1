import bisect


def main():
    for _ in range(int(input())):
        n, k, q = map(int, input().split())
        a = [0, *map(int, input().split())]
        b = [0, *map(int, input().split())]
        out = []
        for _ in range(q):
            d = int(input())
            j = bisect.bisect_right(a, d)
            i = j - 1
            # j is len(a) when d == n
            step = (d - a[i]) * (b[j] - b[i]) // (a[j] - a[i])
            out.append(b[i] + step)
        print(*out, sep=' ')


if __name__ == '__main__':
    main()
