"""Imports every module of the standard library that this interpreter can import.

Its files exist only while the component is being built: what is not imported here cannot be imported by a program.
"""

import importlib.util
import os
import pkgutil
import sys

# Modules that print, open windows, start servers, or hold the interpreter's own tests, and have no use in a program without a terminal or network.
LEFT_OUT = {
    "__hello__", "__phello__", "_pyrepl", "antigravity", "ensurepip", "idlelib", "pip", "test", "this", "tkinter", "turtle", "turtledemo", "venv",
}

# Parts of packages that are programs, tests, or for other systems.
LEFT_OUT_PARTS = {"__main__", "_aix_support", "_osx_support", "test", "tests", "windows_events", "windows_utils", "popen_spawn_win32"}


def import_all():
    """Imports what can be imported, and leaves no trace of what cannot."""
    # Not `os.__file__`: that module is frozen into the interpreter.
    library = os.path.dirname(importlib.util.find_spec("argparse").origin)
    in_files = {info.name for info in pkgutil.walk_packages([library], onerror=lambda name: None)}
    for name in sorted(in_files | sys.stdlib_module_names):
        parts = name.split(".")
        if parts[0] not in sys.stdlib_module_names or parts[0] in LEFT_OUT or LEFT_OUT_PARTS.intersection(parts):
            continue
        before = set(sys.modules)
        try:
            importlib.import_module(name)
        except (ImportError, AttributeError, OSError, RuntimeError, NotImplementedError, ValueError):
            # The module needs a C extension or a system call that the guest does not have. Importing it later must fail the same way.
            for half_made in set(sys.modules) - before:
                del sys.modules[half_made]
    compile_patterns()


def compile_patterns():
    """Fills the caches that the first use of these modules would fill."""
    import decimal, json, random, re, statistics  # noqa: E401

    decimal.getcontext()
    json.loads(json.dumps({"a": [1, 2.5, None, True, "x"]}))
    re.compile(r"(\w+)\s*[-+]?\d*(?:\.\d+)?").sub(r"\1", "a1 b2")
    random.Random(1).shuffle([1, 2, 3])
    statistics.mean([1, 2])
    "{:>8.3f}|{!r}".format(1.5, "x")
    f"{1.5:.2f}{10:05d}{255:b}"
