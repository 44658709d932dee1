# one -> 0 cpu_limit
# Exhausts an endless iterator in C.
import collections
import itertools

collections.deque(itertools.repeat(None), maxlen=0)
