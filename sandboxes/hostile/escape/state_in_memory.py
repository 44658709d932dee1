# contained -> 1 correct
# Fills memory with a mark, and looks for one of an earlier run in memory that was not written to.
import array

found = 0
for size in (1 << 10, 1 << 16, 1 << 20, 1 << 23):
    fresh = bytearray(size)
    found += fresh.count(b"MARKMARK")
    fresh[:] = b"MARKMARK" * (size // 8)
kept = array.array("B", b"MARKMARK" * (1 << 21))
print("escaped" if found else "contained")
