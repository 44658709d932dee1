# add -> 0 memory_limit
# A dictionary without end.
kept = {}
n = 0
while True:
    kept[n] = [n] * 100
    n += 1
