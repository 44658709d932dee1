# contained -> 1 correct
# Leaves its folder by paths that climb, by odd separators and by bytes.
import sys
import os

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


for depth in range(12):
    attempt("climb", lambda: open("../" * depth + "etc/passwd"))
    attempt("bytes", lambda: os.open(b"../" * depth + b"etc/passwd", os.O_RDONLY))
for path in ("//etc/passwd", "/./etc/passwd", "./../etc/passwd", "/etc//passwd", "file:///etc/passwd", "etc\\passwd", "/proc/self/root/etc/passwd"):
    attempt("path", lambda: open(path))
attempt("dir_fd", lambda: os.open("passwd", os.O_RDONLY, dir_fd=3))
attempt("openat of stdin", lambda: os.open("etc/passwd", os.O_RDONLY, dir_fd=0))
print("contained")
