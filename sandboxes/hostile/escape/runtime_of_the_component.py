# contained -> 0 runtime_error
# Calls what connects the interpreter with the host, with numbers that mean nothing.
import componentize_py_runtime as runtime

for name in sorted(dir(runtime)):
    if not name.startswith("_"):
        for arguments in ((), (0,), (10**6,), (0, []), (10**6, [1, 2]), (0, ["x"] * 3, 1)):
            try:
                print("escaped:", getattr(runtime, name)(*arguments))
            except Exception:
                pass
