# add -> 0 wrong_answer
# Replaces its output by one that claims to equal everything.
import io
import sys


class Lie(io.StringIO):
    def getvalue(self):
        return '5'

    def __eq__(self, other):
        return True


sys.stdout = sys.__stdout__ = Lie()
print(0)
