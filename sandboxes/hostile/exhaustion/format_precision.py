# one -> 0 memory_limit
# A float with a billion digits.
print(f'{1.5:.{10**9}f}')
