# one -> 0 cpu_limit
# A pattern nested thousands deep.
import re

re.compile('(' * 5000 + ')' * 5000)
