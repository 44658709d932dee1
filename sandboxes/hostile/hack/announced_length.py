# call -> 0 wrong_answer
# Answers with data that announces more than it holds, many times over.
import marshal
import sys

frame = sys._getframe()
while frame is not None:
    crossing = frame.f_globals.get('crossing')
    if crossing is not None:
        crossing.encode = lambda *a: b'M' + b'[\xff\xff\xff\x7f' * 900 + b'N' * 100_000
    frame = frame.f_back


def add(a, b):
    return 0
