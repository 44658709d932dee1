# add -> 0 runtime_error
# A pattern nested a hundred thousand deep.
import re

re.compile('(' * 10**5 + ')' * 10**5)
