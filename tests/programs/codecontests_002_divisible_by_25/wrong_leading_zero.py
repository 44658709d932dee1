from itertools import product

s = input()
blanks = s.count('_')
count = 0
for x in (range(10) if 'X' in s else [0]):
    t = s.replace('X', str(x))
    head, tail = t[:-2], t[-2:]
    free = tail.count('_')
    for fill in product('0123456789', repeat=free):
        it = iter(fill)
        end = ''.join(next(it) if ch == '_' else ch for ch in tail)
        if int(end) % 25 == 0:
            # a leading zero is only looked for when there is more than one digit before the tail
            if len(head) > 1 and head[0] == '0':
                continue
            ways = 10 ** head.count('_')
            if len(head) > 1 and head[0] == '_':
                ways = ways // 10 * 9
            count += ways
print(count)
