# one -> 0 output_limit
# Prints for ever and catches every exception on the way.
while True:
    try:
        print('x' * 10**6, flush=True)
    except BaseException:
        pass
