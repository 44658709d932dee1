import sys
from dataclasses import dataclass
from typing import Optional

MOD = 998244353


@dataclass
class Node:
    value: int
    prev: Optional['Node'] = None
    next: Optional['Node'] = None

    def insert_before(self, value):
        node = Node(value, self.prev, self)
        if self.prev is not None:
            self.prev.next = node
        self.prev = node
        return node

    def insert_after(self, value):
        node = Node(value, self, self.next)
        if self.next is not None:
            self.next.prev = node
        self.next = node
        return node


class Solution:
    def __init__(self, n, left, right):
        self.n = n
        self.left = left
        self.right = right

    def order(self):
        """The maxima of the final pieces, from left to right."""
        head = Node(self.n)
        where = {self.n: head}
        for l, r in zip(self.left, self.right):
            if l > r:
                where[r] = where[l].insert_after(r)
            else:
                where[l] = where[r].insert_before(l)
        while head.prev is not None:
            head = head.prev
        values = []
        while head is not None:
            values.append(head.value)
            head = head.next
        return values

    def count(self):
        seq = self.order()
        opened = [0] * (self.n + 1)
        opened[seq[0]] += 1
        opened[seq[-1]] += 1
        for a, b in zip(seq, seq[1:]):
            opened[max(a, b)] += 1
        fixed = set(seq)
        places, ans = 0, 1
        for x in range(self.n, 0, -1):
            if x in fixed:
                places += opened[x]
            else:
                ans = ans * places % MOD
                places += 1
        return ans


if __name__ == '__main__':
    n, q = map(int, sys.stdin.readline().split())
    left = list(map(int, sys.stdin.readline().split()))
    right = list(map(int, sys.stdin.readline().split()))
    print(Solution(n, left, right).count())
