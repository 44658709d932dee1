# call -> 1 correct
# Is a method of a class that leaves when it is run as a script.
class Solution:
    def add(self, a, b):
        return a + b


if __name__ == "__main__":
    raise SystemExit(0)
