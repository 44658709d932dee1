# one -> 0 cpu_limit
# A product of ten million numbers.
import math

print(math.factorial(10**7) % 10)
