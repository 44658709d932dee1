# call -> 0 runtime_error
# Returns what nests too deeply to be shown or packed.
class Deep:
    def __repr__(self):
        return repr([self])


def add(a, b):
    nested = [Deep()]
    for _ in range(10**5):
        nested = [nested]
    return nested
