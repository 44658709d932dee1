# one -> 0 memory_limit
# A chain of generators, each holding the one before.
def wrap(inner):
    data = bytes(10_000)
    yield from inner
    return data


chain = iter(())
while True:
    chain = wrap(chain)
