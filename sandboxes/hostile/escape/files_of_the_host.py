# contained -> 1 correct
# Reads files of the host by every function that opens one.
import sys
import io
import os
import pathlib

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


for path in ("/etc/passwd", "/etc/shadow", "/proc/version", "C:\\Windows\\win.ini"):
    attempt("open", lambda: open(path).read())
    attempt("os.open", lambda: os.open(path, os.O_RDONLY))
    attempt("FileIO", lambda: io.FileIO(path))
    attempt("open_code", lambda: io.open_code(path))
    attempt("Path", lambda: pathlib.Path(path).read_bytes())
    attempt("stat", lambda: os.stat(path))
print("contained")
