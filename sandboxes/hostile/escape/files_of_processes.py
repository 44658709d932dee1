# contained -> 1 correct
# Looks at itself and at its parent through /proc and /dev.
import sys
import os

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


for path in ("/proc/self/environ", "/proc/self/maps", "/proc/self/mem", "/proc/self/fd", "/proc/1/cmdline", "/proc/self/status"):
    attempt(path, lambda: open(path, "rb").read())
for path in ("/dev/mem", "/dev/kmsg", "/dev/shm/x", "/dev/tty", "/dev/fd/3", "/dev/stdin", "/sys/class/net"):
    attempt(path, lambda: open(path, "rb+"))
attempt("readlink", lambda: os.readlink("/proc/self/exe"))
attempt("cwd", lambda: os.listdir("/proc/self/cwd/"))
print("contained")
