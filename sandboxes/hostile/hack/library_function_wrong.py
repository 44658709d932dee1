# asserts -> 0 wrong_answer
# Defines a function of a name that the library has, wrongly.
def add(a, b):
    return a - b
