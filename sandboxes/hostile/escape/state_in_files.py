# contained -> 1 correct
# Looks for files that an earlier run left, and leaves some.
import sys
import os

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


for path in ("mark", "/tmp/mark", "/dev/shm/mark", "~/mark"):
    attempt("find", lambda: open(path).read())
    attempt("leave", lambda: open(path, "w").write("mark"))
attempt("environment", lambda: os.environ["MARK"])
os.putenv("MARK", "1")
print("contained")
