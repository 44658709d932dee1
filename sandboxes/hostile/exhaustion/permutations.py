# one -> 0 memory_limit
# A list of all orders of twelve things.
import itertools

print(len(list(itertools.permutations(range(12)))))
