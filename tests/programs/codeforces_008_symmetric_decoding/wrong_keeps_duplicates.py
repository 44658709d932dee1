t = int(input())
for _ in range(t):
    n = int(input())
    s = input()
    r = sorted(s)  # forgot that r has only distinct letters
    pairs = dict(zip(r, reversed(r)))
    print(''.join(pairs[ch] for ch in s))
