import sys
from math import acos, atan2, hypot, pi


def main():
    data = list(map(int, sys.stdin.read().split()))
    n, k = data[0], data[1]
    at_origin = 0
    points = []
    for x, y in zip(data[2::2], data[3::2]):
        if x == 0 and y == 0:
            at_origin += 1
        else:
            points.append((hypot(x, y), atan2(y, x)))
    need = k - at_origin
    if need <= 0:
        print(f'{0:.9f}')
        return

    def enough(r):
        # the centre (r, angle) covers a point while |angle - phi| <= acos(d / 2r)
        events = []
        inside = 0
        for d, phi in points:
            if d > 2 * r:
                continue
            half = acos(d / (2 * r))
            lo, hi = phi - half, phi + half
            if lo < -pi:
                lo += 2 * pi
            if hi > pi:
                hi -= 2 * pi
            if lo > hi:
                inside += 1
            events.append((lo, 0))
            events.append((hi, 1))
        events.sort()
        if inside >= need:
            return True
        for _, closes in events:
            if closes:
                inside -= 1
            else:
                inside += 1
                if inside >= need:
                    return True
        return False

    lo, hi = 0.0, 200001.0
    for _ in range(70):
        mid = (lo + hi) / 2
        if enough(mid):
            hi = mid
        else:
            lo = mid
    print(f'{hi:.9f}')


if __name__ == '__main__':
    main()
