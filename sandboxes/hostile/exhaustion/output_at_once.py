# one -> 0 output_limit
# Prints a hundred megabytes at once.
print('x' * 10**7)
