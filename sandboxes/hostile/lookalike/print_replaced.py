# add -> 1 correct
# Replaces print by a faster one, and input by a reader of lines.
import io
import os
import sys

input = io.BytesIO(os.read(0, os.fstat(0).st_size or 1 << 16)).readline
out = io.StringIO()
print = lambda x: out.write(f"{x}\n")
a, b = map(int, input().split())
print(a + b)
os.write(1, out.getvalue().encode())
