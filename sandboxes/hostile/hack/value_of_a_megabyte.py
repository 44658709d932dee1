# text -> 0 output_limit
# Returns more than it may print.
def name(n):
    return 'x' * (2 << 20)
