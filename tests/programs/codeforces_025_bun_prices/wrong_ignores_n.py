t = int(input())
for _ in range(t):
    n, a, b = map(int, input().split())
    if b <= a:
        print(n * a)
        continue
    k = b - a  # may be more than n
    first = (b + a + 1) * k // 2
    print(first + max(0, n - k) * a)
