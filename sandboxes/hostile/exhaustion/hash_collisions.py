# one -> 0 cpu_limit
# Keys with one hash make every look-up a search.
class K:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self is other


keys = {}
while True:
    keys[K()] = 1
