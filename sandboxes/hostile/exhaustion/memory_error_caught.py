# one -> 0 cpu_limit
# Runs out of memory over and over.
while True:
    try:
        bytearray(10**9)
    except MemoryError:
        pass
