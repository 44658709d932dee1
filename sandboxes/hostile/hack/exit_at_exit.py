# asserts -> 0 wrong_answer
# Leaves from a function that runs at exit, and answers wrongly before.
import atexit
import os

atexit.register(os._exit, 0)


def add(a, b):
    return 0
