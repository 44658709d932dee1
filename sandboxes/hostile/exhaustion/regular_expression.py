# one -> 0 cpu_limit
# A pattern that backtracks exponentially.
import re

re.match(r'(a+)+$', 'a' * 64 + 'b')
