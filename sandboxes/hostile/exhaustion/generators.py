# one -> 0 memory_limit
# A chain of generators, each holding the one before.
def wrap(inner, data):
    yield from inner


chain = iter(())
while True:
    chain = wrap(chain, bytes(10_000))
