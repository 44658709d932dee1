# one -> 0 memory_limit
# A gigabyte of random bytes.
import os

print(len(os.urandom(10**9)))
