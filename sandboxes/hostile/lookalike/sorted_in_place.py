# list -> 1 correct
# Sorts in place, as the tests want.
def ordered(items):
    items.sort()
    return items
