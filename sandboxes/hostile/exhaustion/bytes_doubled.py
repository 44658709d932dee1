# one -> 0 memory_limit
# Bytes that double.
data = bytearray(b'x')
while True:
    data = data + data
