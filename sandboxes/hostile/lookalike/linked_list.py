# shared_list -> 1 correct
# Walks the linked list that the tests pass to it.
def walk(f, node):
    head = node
    while node:
        node.val = f(node.val)
        node = node.next
    return head
