# one -> 0 memory_limit
# Fills files that are kept in memory.
import io

file = io.BytesIO()
while True:
    file.write(bytes(1 << 20))
