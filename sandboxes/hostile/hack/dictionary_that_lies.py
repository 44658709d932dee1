# mapping -> 0 wrong_answer
# A dictionary that has every key.
class Lie(dict):
    def __missing__(self, key):
        return 1

    def __eq__(self, other):
        return True

    def items(self):
        return [('a', 2)]


def count(text):
    return Lie()
