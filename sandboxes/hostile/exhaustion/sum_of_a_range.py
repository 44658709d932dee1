# one -> 0 cpu_limit
# A loop inside one C function.
sum(range(10**12))
