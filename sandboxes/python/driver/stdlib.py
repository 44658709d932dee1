"""Imports every module of the standard library that this interpreter can import.

Its files exist only while the component is being built: what is not imported here cannot be imported by a program.
"""

import importlib
import sys

# Modules that print, open windows, start servers, or hold the interpreter's own tests, and have no use in a program without a terminal or network.
LEFT_OUT = {
    "__hello__", "__phello__", "_pyrepl", "antigravity", "ensurepip", "idlelib", "pip", "test", "this", "tkinter", "turtle", "turtledemo", "venv",
}

# Sub-packages that programs import by their dotted names.
NESTED = (
    "asyncio.base_events", "collections.abc", "concurrent.futures", "concurrent.futures.thread", "concurrent.futures.process", "email.message",
    "email.mime.multipart", "email.mime.text", "encodings.idna", "encodings.utf_16", "encodings.utf_32", "encodings.cp1252", "encodings.utf_8_sig",
    "html.entities", "html.parser", "http.client", "http.cookies", "importlib.metadata", "importlib.resources", "importlib.util", "json.decoder",
    "json.encoder", "json.scanner", "json.tool", "logging.config", "logging.handlers", "multiprocessing.dummy", "multiprocessing.pool", "os.path",
    "sqlite3.dbapi2", "sysconfig", "unittest.mock", "unittest.async_case", "urllib.parse", "urllib.request", "urllib.error", "wsgiref.util",
    "xml.dom.minidom", "xml.etree.ElementTree", "xml.sax", "zoneinfo",
)  # fmt: skip


def import_all():
    """Imports what can be imported, and leaves no trace of what cannot."""
    for name in sorted(sys.stdlib_module_names - LEFT_OUT) + list(NESTED):
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
