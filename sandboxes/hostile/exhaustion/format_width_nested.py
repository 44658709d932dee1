# one -> 0 memory_limit
# A format whose width is a field.
print('{:>{}}'.format(1, 10**9))
