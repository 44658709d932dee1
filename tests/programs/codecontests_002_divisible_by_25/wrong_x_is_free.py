def rec(s, i, value):
    if i == len(s):
        return int(value % 25 == 0)
    res = 0
    # X is handled like _, every X takes its own digit
    for d in ('0123456789' if s[i] in '_X' else s[i]):
        if i == 0 and d == '0' and len(s) > 1:
            continue
        res += rec(s, i + 1, (value * 10 + int(d)) % 25)
    return res


print(rec(input().strip(), 0, 0))
