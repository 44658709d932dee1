# one -> 0 memory_limit
# A string of a gigabyte.
print(len('x' * 10**9))
