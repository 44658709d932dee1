data = open(0).read().split()
t = int(data[0])
for i in range(t):
    n, a, b = map(int, data[1 + 3 * i:4 + 3 * i])
    k = max(0, min(n, b - a))
    print(k * (2 * b - k + 1) // 2 + (n - k) * a)
