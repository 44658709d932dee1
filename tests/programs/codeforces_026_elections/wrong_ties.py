import sys
input = sys.stdin.readline


def main():
    t = int(input())
    for _ in range(t):
        n, c = map(int, input().split())
        a = list(map(int, input().split()))
        best = max(a)
        res = []
        pre = c
        for i in range(n):
            pre += a[i]
            # ignores that candidate 1 gets the undecided votes, and that ties go to the lower number
            if a[i] == best:
                res.append(0)
            elif pre > max(a[i + 1:], default=0):
                res.append(i)
            else:
                res.append(i + 1)
        print(' '.join(map(str, res)))


main()
