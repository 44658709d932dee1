# contained -> 1 correct
# Asks for the host's name, user, processors and processes.
import getpass
import os
import platform
import sys


def ask(function, *arguments):
    try:
        return function(*arguments)
    except BaseException as error:
        return type(error).__name__


seen = [ask(platform.node), ask(getattr(os, "getlogin", int)), ask(getpass.getuser), ask(os.getcwd), ask(os.cpu_count), ask(platform.processor), ask(platform.release)]
seen += [ask(getattr(os, name, int)) for name in ("getpid", "getppid", "getuid", "getgid", "getloadavg", "times")]
print(*seen, file=sys.stderr)
print("contained" if platform.system() in ("", "wasi", "WASI") and os.name == "posix" else f"escaped: {seen}")
