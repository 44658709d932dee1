import sys

MOD = 998244353


def main():
    data = list(map(int, sys.stdin.read().split()))
    n, q = data[0], data[1]
    l = data[2:2 + q]
    r = data[2 + q:2 + 2 * q]
    nxt = {n: None}
    prv = {n: None}
    for a, b in zip(l, r):
        if a > b:
            c = nxt[a]
            nxt[a], prv[b], nxt[b] = b, a, c
            if c is not None:
                prv[c] = b
        else:
            c = prv[b]
            prv[b], nxt[a], prv[a] = a, b, c
            if c is not None:
                nxt[c] = a
    cnt = [0] * (n + 2)
    # only the gaps between two neighbours, not those at both ends
    for a, b in nxt.items():
        if b is not None:
            cnt[max(a, b)] += 1
    places = 0
    ans = 1
    for x in range(n, 0, -1):
        if x in nxt:
            places += cnt[x]
        else:
            ans = ans * places % MOD
            places += 1
    print(ans)


main()
