import re
import sys

# Every column gives 10..18, so all columns carry: a leading 1, then 1..9, and 0..8 at the end.
pattern = re.compile(rb'1[1-9]*[0-8]')

lines = sys.stdin.buffer.read().split()[1:]
sys.stdout.buffer.write(b'\n'.join(b'YES' if pattern.fullmatch(x) else b'NO' for x in lines))
