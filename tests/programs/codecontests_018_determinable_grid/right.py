import sys


def main():
    data = sys.stdin.buffer.read().split()
    n, m = int(data[0]), int(data[1])
    rows = data[2:2 + n]
    X = ord('X')
    bad = [0] * m
    for up, cur in zip(rows, rows[1:]):
        for j in range(1, m):
            # the cell (cur, j) can be reached neither from above nor from the left
            if up[j] == X and cur[j - 1] == X:
                bad[j] = 1
    for j in range(1, m):
        bad[j] += bad[j - 1]
    q = int(data[2 + n])
    out = []
    for k in range(3 + n, 3 + n + 2 * q, 2):
        left, right = int(data[k]) - 1, int(data[k + 1]) - 1
        out.append(b'YES' if bad[right] == bad[left] else b'NO')
    sys.stdout.buffer.write(b'\n'.join(out) + b'\n')


main()
