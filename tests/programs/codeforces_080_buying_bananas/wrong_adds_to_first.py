import sys

for line in sys.stdin.read().splitlines()[1:]:
    x = sorted(map(int, line.split()))
    # all five additions go to the smallest number
    x[0] += 5
    print(x[0] * x[1] * x[2])
