# one -> 0 memory_limit
# Sets of sets.
kept = set()
n = 0
while True:
    kept.add(frozenset(range(n, n + 500)))
    n += 1
