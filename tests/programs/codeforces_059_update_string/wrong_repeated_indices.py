t = int(input())
for _ in range(t):
    n, m = map(int, input().split())
    s = list(input())
    ind = sorted(map(int, input().split()))
    c = sorted(input())
    # a repeated index is overwritten with the later, larger letter
    for i, ch in zip(ind, c):
        s[i - 1] = ch
    print(''.join(s))
