# one -> 0 memory_limit
# A format that asks for a gigabyte of blanks.
print('%*d' % (10**9, 1))
