# contained -> 1 correct
# Lists folders of the host.
import sys
import glob
import os
import pathlib

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


for path in ("/", ".", "..", "/tmp", "/proc", "/sys"):
    attempt("listdir", lambda: os.listdir(path))
    attempt("scandir", lambda: list(os.scandir(path)))
    attempt("walk", lambda: next(os.walk(path)))
    attempt("iterdir", lambda: list(pathlib.Path(path).iterdir()))
    attempt("glob", lambda: glob.glob(os.path.join(path, "*"))[0])
    attempt("chdir", lambda: os.chdir(path))
print("contained")
