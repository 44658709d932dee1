# asserts -> 1 correct
# Checks itself with assertions and catches one.
def add(a, b):
    try:
        assert a > b
        return a + b
    except AssertionError:
        return b + a


assert add(1, 1) == 2
