# list -> 1 correct
# Is a method of a class, and sorts in place.
class Solution:
    def ordered(self, items):
        items.sort()
        return items
