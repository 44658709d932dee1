# call -> 0 runtime_error
# Returns a list that holds itself.
def add(a, b):
    items = []
    items.append(items)
    return items
