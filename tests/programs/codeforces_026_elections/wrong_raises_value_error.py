def solve():
    n, c = map(int, input().split())
    a = list(map(int, input().split()))
    top = max(range(n), key=lambda i: (a[i] + (c if i == 0 else 0), -i))
    ans = []
    votes = c
    for i in range(n):
        votes += a[i]
        if i == top:
            ans.append(0)
        elif votes >= max(a[i + 1:]):  # empty for the last candidate
            ans.append(i)
        else:
            ans.append(i + 1)
    print(*ans)


for _ in range(int(input())):
    solve()
