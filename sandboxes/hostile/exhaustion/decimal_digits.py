# one -> 0 cpu_limit
# A square root to a million digits.
import decimal

decimal.getcontext().prec = 10**6
print(decimal.Decimal(2).sqrt().ln())
