# one -> 0 runtime_error
# Nesting that a parser has to follow.
import json

json.loads('[' * 10**6)
