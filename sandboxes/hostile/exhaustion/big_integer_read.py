# one -> 0 cpu_limit
# Reads an integer of three million digits.
import sys

sys.set_int_max_str_digits(0)
int('9' * (3 * 10**6)) ** 2 % (10**6 + 1)
int('7' * 10**7)
