# contained -> 1 correct
# Starts interpreters within the interpreter, to have one without the guest's patches.
import sys


def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("_interpreters", lambda: __import__("_interpreters").create())
attempt("interpreters", lambda: __import__("concurrent.interpreters").interpreters.create())
attempt("_xxsubinterpreters", lambda: __import__("_xxsubinterpreters").create())
print("contained")
