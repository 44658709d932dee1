# contained -> 1 correct
# Writes, renames, links and removes files.
import sys
import os
import shutil
import tempfile

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("write", lambda: open("scratch", "w"))
attempt("append", lambda: open("/tmp/scratch", "a"))
attempt("create", lambda: open("/var/tmp/scratch", "x"))
attempt("mkdir", lambda: os.mkdir("folder"))
attempt("makedirs", lambda: os.makedirs("/tmp/a/b"))
attempt("rename", lambda: os.rename("/etc/passwd", "/etc/passwd.old"))
attempt("symlink", lambda: os.symlink("/etc/passwd", "link"))
attempt("link", lambda: os.link("/etc/passwd", "link"))
attempt("unlink", lambda: os.unlink("/etc/hostname"))
attempt("rmtree", lambda: shutil.rmtree("/tmp"))
attempt("mkstemp", lambda: tempfile.mkstemp())
attempt("copy", lambda: shutil.copy("/etc/passwd", "/tmp/passwd"))
print("contained")
