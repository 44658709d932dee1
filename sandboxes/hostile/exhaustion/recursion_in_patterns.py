# one -> 0 runtime_error
# A pattern nested a hundred thousand deep.
import re

re.compile('(' * 5000 + ')' * 5000)
