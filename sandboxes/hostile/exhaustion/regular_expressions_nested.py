# one -> 0 cpu_limit
# A pattern with nested repetition and look-ahead.
import re

re.fullmatch(r'(?:(?=(a*))\1a?|a*)*c', 'a' * 5000)
while True:
    re.search('(x+x+)+y', 'x' * 40)
