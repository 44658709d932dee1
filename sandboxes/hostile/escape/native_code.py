# contained -> 1 correct
# Loads libraries of the host.
import sys
import importlib.machinery
import importlib.util

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


attempt("ctypes", lambda: __import__("ctypes").CDLL(None))
attempt("_ctypes", lambda: __import__("_ctypes").dlopen("libc.so.6", 0))
attempt("cffi", lambda: __import__("cffi"))
for path in ("/lib/x86_64-linux-gnu/libc.so.6", "libc.so.6"):
    loader = importlib.machinery.ExtensionFileLoader("libc", path)
    attempt("extension", lambda: importlib.util.module_from_spec(importlib.util.spec_from_loader("libc", loader)))
attempt("_imp", lambda: __import__("_imp").create_dynamic(importlib.machinery.ModuleSpec("libc", None, origin="libc.so.6")))
print("contained")
