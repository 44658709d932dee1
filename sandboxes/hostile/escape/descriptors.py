# contained -> 1 correct
# Looks for descriptors that somebody left open.
import sys
import os

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


for number in range(3, 200):
    attempt(f"read {number}", lambda: os.read(number, 1))
    attempt(f"write {number}", lambda: os.write(number, b"x"))
    attempt(f"fstat {number}", lambda: os.fstat(number))
    attempt(f"fdopen {number}", lambda: os.fdopen(number, "rb"))
    attempt(f"open {number}", lambda: open(number, "wb"))
print("contained")
