# contained -> 1 correct
# Sends signals to its parent, to everybody and to itself.
import sys
import os
import signal

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("parent", lambda: os.kill(os.getppid(), 9))
attempt("init", lambda: os.kill(1, 15))
attempt("everybody", lambda: os.kill(-1, 9))
attempt("group", lambda: os.killpg(0, 9))
attempt("pidfd", lambda: signal.pidfd_send_signal(3, 9))
attempt("priority", lambda: os.setpriority(0, 0, -20))
attempt("ptrace", lambda: __import__("ctypes").CDLL(None).ptrace(16, 1, 0, 0))
print("contained")
