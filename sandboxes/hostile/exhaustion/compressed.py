# one -> 0 memory_limit
# Decompresses what is a thousand times larger.
import zlib

data = zlib.compress(bytes(1 << 21), 1)
kept = []
while True:
    kept.append(zlib.decompress(data, bufsize=10**9))
