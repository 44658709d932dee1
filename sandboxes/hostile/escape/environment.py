# contained -> 1 correct
# Looks for the environment, the arguments and the paths of the process that runs it.
import os
import sys

found = dict(os.environ)
found.update({name: os.getenv(name) for name in ("PATH", "HOME", "USER", "HOSTNAME") if os.getenv(name)})
arguments = [word for word in sys.argv if "/" in word] + [word for word in sys.path if word]
paths = [value for value in (sys.executable, sys._base_executable) if value and os.path.exists(value)]
print("contained" if not (found or arguments or paths) else f"escaped: {found} {arguments} {paths}")
