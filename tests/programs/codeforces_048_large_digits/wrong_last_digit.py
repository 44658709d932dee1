t = int(input())
for _ in range(t):
    x = input().strip()
    # the last digit cannot be 9, but that is not checked
    if x[0] == '1' and '0' not in x[1:-1]:
        print('YES')
    else:
        print('NO')
