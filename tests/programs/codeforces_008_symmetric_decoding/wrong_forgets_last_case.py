import sys


def decode(b):
    r = sorted(set(b))
    m = len(r)
    pos = {ch: i for i, ch in enumerate(r)}
    return ''.join(r[m - 1 - pos[ch]] for ch in b)


lines = sys.stdin.read().split('\n')
t = int(lines[0])
for i in range(1, t):
    print(decode(lines[2 * i]))
