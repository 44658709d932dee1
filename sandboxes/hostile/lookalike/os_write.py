# add -> 1 correct
# Writes to the descriptor.
import os

os.write(1, str(sum(map(int, input().split()))).encode())
