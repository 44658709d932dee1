from collections import deque


def run(items):
    """The length of the strictly increasing run at the start of the items."""
    last = None
    length = 0
    for x in items:
        if last is not None and x <= last:
            break
        last = x
        length += 1
    return length


def winner(a):
    players = ('Alice', 'Bob')
    turn = 0
    last = -1
    while a:
        left, right = a[0], a[-1]
        if max(left, right) <= last:
            break
        # whoever takes the larger end leaves only that side for the rest of the game
        lengths = []
        if left >= right:
            lengths.append(run(a))
        if right >= left:
            lengths.append(run(reversed(a)))
        if any(x % 2 == 1 for x in lengths):
            return players[turn]
        if left == right or min(left, right) <= last:
            return players[1 - turn]
        last = a.popleft() if left < right else a.pop()
        turn = 1 - turn
    return players[1 - turn]


input()
print(winner(deque(map(int, input().split()))))
