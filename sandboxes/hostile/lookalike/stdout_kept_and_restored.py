# add -> 1 correct
# Collects its output in memory first.
import io
import sys

real, sys.stdout = sys.stdout, io.StringIO()
print(sum(map(int, input().split())))
text, sys.stdout = sys.stdout.getvalue(), real
print(text, end="")
