def check(x):
    carry = 0
    digits = []
    while x >= 10:
        d = x % 10
        total = d + 10 - carry
        digits.append(total)
        if not 10 <= total <= 18:
            return False
        x = (x - total - carry) // 10 + (1 if carry else 0)
        carry = 1
    print('DEBUG digits =', digits, 'left =', x)
    return x == 1


for _ in range(int(input())):
    x = int(input())
    s = str(x)
    good = s[0] == '1' and s[-1] != '9' and all(c != '0' for c in s[1:-1])
    check(x)
    print('YES' if good else 'NO')
