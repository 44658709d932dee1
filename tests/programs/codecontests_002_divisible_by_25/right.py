from functools import lru_cache

s = input().strip()
n = len(s)


def ways(x):
    @lru_cache(maxsize=None)
    def go(i, rem):
        if i == n:
            return 1 if rem == 0 else 0
        if s[i] == '_':
            choices = range(10)
        elif s[i] == 'X':
            choices = (x,)
        else:
            choices = (int(s[i]),)
        total = 0
        for d in choices:
            if i == 0 and d == 0 and n > 1:
                continue
            total += go(i + 1, (rem * 10 + d) % 25)
        return total

    return go(0, 0)


if 'X' in s:
    print(sum(ways(x) for x in range(10)))
else:
    print(ways(0))
