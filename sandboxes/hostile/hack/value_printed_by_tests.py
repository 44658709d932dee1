# printed -> 0 wrong_answer
# Returns what makes tests print more than programs may, so that they look broken.
def name(n):
    return 'x' * (1000 << 10)
