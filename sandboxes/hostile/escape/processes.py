# contained -> 1 correct
# Starts other programs.
import sys
import os
import subprocess

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


def shell():
    if os.system("id") != 0:
        raise OSError("no shell")


attempt("system", shell)
attempt("run", lambda: subprocess.run(["id"]))
attempt("check_output", lambda: subprocess.check_output("id", shell=True))
attempt("popen", lambda: os.popen("id").read())
for name in ("fork", "forkpty", "execv", "execve", "posix_spawn", "spawnv", "startfile"):
    attempt(name, lambda: getattr(os, name)("/bin/sh", ["sh", "-c", "id"]) if name != "fork" else os.fork())
print("contained")
