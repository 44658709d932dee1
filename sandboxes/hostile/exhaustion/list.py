# one -> 0 memory_limit
# A list without end.
kept = []
while True:
    kept.append([0] * 100_000)
