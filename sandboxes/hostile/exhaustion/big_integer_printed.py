# one -> 0 cpu_limit
# Prints an integer of three million digits, which takes quadratic time.
import sys

sys.set_int_max_str_digits(0)
print(1 << 10**7)
