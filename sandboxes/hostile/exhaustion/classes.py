# one -> 0 memory_limit
# Classes without end.
kept = []
while True:
    kept.append(type('C', (), {'data': bytes(100_000)}))
