# one -> 0 wrong_answer
# Nesting that throwing away has to follow; it survives, and prints nothing.
import itertools

nested = iter(())
for _ in range(10**5):
    nested = itertools.chain(nested, ())
list(nested)
