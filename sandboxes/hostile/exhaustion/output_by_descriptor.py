# one -> 0 output_limit
# Writes for ever to the descriptor itself.
import os

while True:
    os.write(1, bytes(1 << 16))
