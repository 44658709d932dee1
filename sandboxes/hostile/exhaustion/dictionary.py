# one -> 0 memory_limit
# A dictionary without end.
kept = {}
n = 0
while True:
    kept[n] = bytes(100_000)
    n += 1
