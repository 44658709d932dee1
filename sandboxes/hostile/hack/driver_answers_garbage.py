# call -> 0 wrong_answer
# Answers the host with bytes that are no answer.
import sys

sys.modules['__main__'] = None
program = sys.modules.get('program')
import marshal


def add(a, b):
    marshal.dumps = lambda *a: b'(\xff\xff\xff\x7f'
    return 5 + 0j
