# one -> 0 memory_limit
# An array of a billion numbers.
import array

print(len(array.array('d', [0.0]) * 10**8))
