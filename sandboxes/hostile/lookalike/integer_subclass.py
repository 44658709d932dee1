# call -> 1 correct
# Returns an integer of a class of its own, honestly.
class Modular(int):
    def __add__(self, other):
        return Modular(int(self) + int(other))

    __radd__ = __add__


def add(a, b):
    return Modular(a) + Modular(b)
