# check -> 0 wrong_answer
# Raises what failed tests raise.
def add(a, b):
    raise AssertionError('passed')
