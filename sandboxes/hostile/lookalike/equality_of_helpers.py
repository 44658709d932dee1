# asserts -> 1 correct
# Compares helpers by an equality of their own.
class Number:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __hash__(self):
        return hash(self.n)

    def __add__(self, other):
        return Number(self.n + other.n)


def add(a, b):
    total = Number(a) + Number(b)
    assert total == Number(a + b)
    return total.n
