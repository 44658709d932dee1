t = int(input())
for _ in range(t):
    n, h = map(int, input().split())
    a = list(map(int, input().split()))
    left, right = 1, 10 ** 9  # k may be as large as h
    while left < right:
        k = (left + right) >> 1
        total = k
        for i in range(n - 1):
            total += min(k, a[i + 1] - a[i])
        if total >= h:
            right = k
        else:
            left = k + 1
    print(left)
