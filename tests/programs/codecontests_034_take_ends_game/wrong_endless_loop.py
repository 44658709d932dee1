def main():
    n = int(input())
    a = list(map(int, input().split()))
    l, r = 0, n - 1
    last = -1
    turn = 0
    while l <= r:
        if a[l] > last and (a[l] <= a[r] or a[r] <= last):
            last = a[l]
            l += 1
            turn ^= 1
        elif a[r] > last:
            last = a[r]
            r -= 1
            turn ^= 1
        # neither end fits: nothing changes and the loop goes on
    print('Alice' if turn else 'Bob')


main()
