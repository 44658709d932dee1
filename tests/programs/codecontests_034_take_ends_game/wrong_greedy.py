n = int(input())
a = list(map(int, input().split()))
last = -1
moves = 0
i, j = 0, n - 1
# both players always take the smaller end that fits
while i <= j:
    options = [x for x in (a[i], a[j]) if x > last]
    if not options:
        break
    last = min(options)
    if a[i] == last:
        i += 1
    else:
        j -= 1
    moves += 1
print('Alice' if moves % 2 else 'Bob')
