# asserts -> 1 correct
# Would leave if it were run as a script.
import sys


def add(a, b):
    return a + b


if __name__ == "__main__":
    sys.exit(0)
