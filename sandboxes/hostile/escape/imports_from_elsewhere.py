# contained -> 1 correct
# Imports from folders, archives and the network.
import sys
import importlib
import runpy
import sys
import zipimport

def attempt(what, action):
    try:
        action()
    except BaseException as error:
        print(what, type(error).__name__, file=sys.stderr)
    else:
        print("escaped:", what)


sys.path[:] = ["/usr/lib/python3", "/usr/lib/python3/dist-packages", "/tmp", "."]
for name in ("numpy", "pip", "sitecustomize", "antigravity", "gavel"):
    attempt(name, lambda: importlib.import_module(name))
attempt("zip", lambda: zipimport.zipimporter("/tmp/x.zip"))
attempt("runpy", lambda: runpy.run_path("/etc/passwd"))
attempt("exec", lambda: exec(open("/usr/lib/python3/os.py").read()))
print("contained")
