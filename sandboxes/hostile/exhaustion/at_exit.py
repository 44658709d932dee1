# one -> 0 cpu_limit
# Loops in a function that runs at exit.
import atexit


@atexit.register
def last():
    while True:
        pass
