import sys

n = int(input())
v = [(1 << (n + 1)) - 1] + [int(x) for x in sys.stdin.readline().split()]


def search(bit, sets):
    """Yields every S over the elements 0..bit-1, in increasing order."""
    if bit == 0:
        if sets[0] & 1:
            yield 0
        return
    half = 1 << (bit - 1)
    low, high = sets[:half], sets[half:]
    # the top element is left out of S
    yield from search(bit - 1, [a & b for a, b in zip(low, high)])
    # the top element is in S: the sets that hold it have one more common element
    for rest in search(bit - 1, [a & (b >> 1) for a, b in zip(low, high)]):
        yield rest | half


answer = list(search(n, v))
print(len(answer))
print('\n'.join(map(str, answer)))
