# one -> 0 cpu_limit
# A loop that never ends.
while True:
    pass
