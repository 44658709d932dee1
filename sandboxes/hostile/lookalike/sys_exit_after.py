# add -> 1 correct
# Leaves with status 0 after printing the answer.
import sys

print(sum(map(int, input().split())))
sys.exit(0)
