# sum -> 1 correct
# Defines a function whose name is that of a built-in one, as its problem wants.
def sum(a, b):
    return max(d for d in range(1, min(a, b) + 1) if a % d == 0 and b % d == 0)
