# one -> 0 runtime_error
# Nesting that throwing away has to follow.
import itertools

nested = iter(())
for _ in range(2 * 10**4):
    nested = itertools.chain(nested, ())
list(nested)
