import sys


def main():
    data = list(map(int, sys.stdin.read().split()))
    n, v = data[0], data[1:]
    found = []
    # bit i of S is decided in the order 0, 1, 2, ...: the answers come unsorted
    stack = [(0, 0)]
    while stack:
        i, s = stack.pop()
        if i == n:
            if all(v[t - 1] >> bin(s & t).count('1') & 1 for t in range(1, 1 << n)):
                found.append(s)
            continue
        stack.append((i + 1, s))
        stack.append((i + 1, s | (1 << i)))
    print(len(found))
    for s in found:
        print(s)


main()
