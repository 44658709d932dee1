n = int(input())
v = [0] + list(map(int, input().split()))


def ok(s):
    for t in range(1, 2 ** n):
        size = (s & t).bit_count()
        if size == 0:
            continue  # "no common element, nothing to check"
        if not (v[t] >> size) & 1:
            return False
    return True


res = [s for s in range(2 ** n) if ok(s)]
print(len(res), *res, sep='\n')
