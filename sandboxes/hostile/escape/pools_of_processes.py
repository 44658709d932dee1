# contained -> 1 correct
# Asks the library for processes; work given to pools stays in the instance.
import sys
import multiprocessing
import os

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("Process", lambda: multiprocessing.Process(target=print, args=("escaped",)).start())
attempt("Pool", lambda: multiprocessing.Pool(2))
attempt("Manager", lambda: multiprocessing.Manager())
attempt("shared memory", lambda: __import__("multiprocessing.shared_memory").shared_memory.SharedMemory(create=True, size=10))
print("contained")
