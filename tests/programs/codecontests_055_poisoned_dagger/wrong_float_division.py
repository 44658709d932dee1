from math import ceil


def main():
    for _ in range(int(input())):
        n, h = map(int, input().split())
        a = list(map(int, input().split()))
        gaps = sorted(y - x for x, y in zip(a, a[1:]))
        done = 0
        rest = n
        for gap in gaps:
            if done + gap * rest >= h:
                break
            done += gap
            rest -= 1
        # a float has 53 bits, h needs 60
        print(ceil((h - done) / rest))


if __name__ == '__main__':
    main()
