import sys


def main():
    data = sys.stdin.read().split()
    t, p = int(data[0]), 1
    for _ in range(t):
        n, m = int(data[p]), int(data[p + 1])
        s = list(data[p + 2])
        ind = sorted(set(map(int, data[p + 3:p + 3 + m])))
        c = sorted(data[p + 3 + m])
        p += 4 + m
        j = 0
        for i in ind:
            # updates are not optional, but this keeps the smaller letter
            if c[j] < s[i - 1]:
                s[i - 1] = c[j]
                j += 1
        print(''.join(s))


main()
