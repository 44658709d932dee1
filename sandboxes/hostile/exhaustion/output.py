# one -> 0 output_limit
# Prints for ever.
while True:
    print('x' * 1000)
