"""The names that competition programs expect to find without importing them.

They are put among the built-in names, once, before the snapshot: copying them into each program's globals would count references on a thousand objects, and so
copy a good part of the snapshot's pages, at every start.

Public harnesses star-import about the same modules before the program, in about this order; `builtins` comes late so that `pow`, `abs`, `sum` and `open`
mean what they say in the language, and modules are bound last so that `copy`, `datetime` and `random` are modules.
"""

import builtins

STARRED = (
    "string", "re", "datetime", "typing", "collections", "heapq", "bisect", "copy", "math", "random", "statistics", "itertools", "functools", "operator",
    "io", "sys", "json", "builtins",
)  # fmt: skip
MODULES = (
    "string", "re", "datetime", "collections", "heapq", "bisect", "copy", "math", "cmath", "random", "statistics", "itertools", "functools", "operator",
    "io", "sys", "json", "time", "os", "fractions", "decimal", "array", "enum", "queue", "dataclasses", "typing", "abc", "struct", "hashlib", "builtins",
)  # fmt: skip


class ListNode:
    """A node of a singly linked list, as LeetCode defines it."""

    def __init__(self, val=0, next=None):
        self.val = val
        self.next = next


class TreeNode:
    """A node of a binary tree, as LeetCode defines it."""

    def __init__(self, val=0, left=None, right=None):
        self.val = val
        self.left = left
        self.right = right


def list_node(values):
    """The linked list of `values`, None if there are none."""
    head = None
    for value in reversed(values or []):
        head = ListNode(value, head)
    return head


def tree_node(values):
    """The binary tree whose level-order listing, with None for absent children, is `values`."""
    if not values:
        return None
    nodes = iter(values)
    root = TreeNode(next(nodes))
    level = [root]
    while level:
        below = []
        for node in level:
            for side in ("left", "right"):
                value = next(nodes, None)
                if value is not None:
                    child = TreeNode(value)
                    setattr(node, side, child)
                    below.append(child)
        level = below
    return root


def is_same_list(a, b):
    """Whether two linked lists hold equal values in the same order."""
    while a is not None and b is not None:
        if a.val != b.val:
            return False
        a, b = a.next, b.next
    return a is None and b is None


def is_same_tree(a, b):
    """Whether two binary trees have the same shape and equal values."""
    pending = [(a, b)]
    while pending:
        a, b = pending.pop()
        if a is None or b is None:
            if a is not b:
                return False
        elif a.val != b.val:
            return False
        else:
            pending += [(a.left, b.left), (a.right, b.right)]
    return True


# What tests written for LeetCode problems use besides the program itself.
TEST_HELPERS = {f.__name__: f for f in (ListNode, TreeNode, list_node, tree_node, is_same_list, is_same_tree)}


def _names():
    names = {}
    for module in STARRED:
        exec(f"from {module} import *", names)
    for module in MODULES:
        exec(f"import {module}", names)
    del names["__builtins__"]
    names["ListNode"], names["TreeNode"] = ListNode, TreeNode
    return names


PRISTINE_BUILTINS = dict(vars(builtins))
NAMES = {name: value for name, value in _names().items() if name not in PRISTINE_BUILTINS}


def install():
    """Makes the names available to every program that does not bring its own built-in names."""
    vars(builtins).update(NAMES)
