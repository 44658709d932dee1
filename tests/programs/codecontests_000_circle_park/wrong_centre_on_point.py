import sys

# "the best circle has the k-th nearest habitat at its far end"
lines = sys.stdin.read().split('\n')
n, k = map(int, lines[0].split())
d = sorted((complex(*map(float, line.split())) for line in lines[1:n + 1]), key=abs)
print('{:.10f}'.format(abs(d[k - 1]) / 2))
