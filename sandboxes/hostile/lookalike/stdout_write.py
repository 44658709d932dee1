# add -> 1 correct
# Writes without print.
import sys

sys.stdout.write(str(sum(map(int, input().split()))) + "\n")
