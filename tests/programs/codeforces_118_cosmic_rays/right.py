import sys


def strengths(pairs):
    stack = []  # (seconds it lives, value), seconds strictly decreasing
    for a, b in pairs:
        gone = 0
        while stack:
            life, value = stack[-1]
            if value == b:
                a += life - gone
                stack.pop()
            elif life <= a:
                gone = max(gone, life)
                stack.pop()
            else:
                break
        stack.append((a, b))
        yield stack[0][0]


def main():
    tokens = map(int, sys.stdin.buffer.read().split())
    for _ in range(next(tokens)):
        n = next(tokens)
        pairs = ((next(tokens), next(tokens)) for _ in range(n))
        sys.stdout.write(' '.join('%d' % x for x in strengths(pairs)))
        sys.stdout.write('\n')


main()
