# apply -> 1 correct
# Calls the function that the tests pass to it.
def apply(f, x):
    return f(f(x))
