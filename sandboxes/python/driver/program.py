"""The program under test: running it as a script, keeping it as a module, and serving operations on it."""

import atexit
import builtins
import importlib
import io
import linecache
import marshal
import sys
import traceback
import types

import crossing
import prelude

FILE = "program.py"


def open_streams():
    """Buffered text streams over the three descriptors, as an interpreter with redirected streams has them."""
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, "r", closefd=False), 1 << 16), encoding="utf-8", errors="surrogateescape")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False), 1 << 16), encoding="utf-8", errors="surrogateescape")
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False), 1 << 13), encoding="utf-8", errors="backslashreplace", line_buffering=True
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr


def close_streams():
    """What an interpreter does at exit: exit functions, then a flush of whatever the program left as its streams."""
    try:
        atexit._run_exitfuncs()
    except BaseException:
        pass
    for stream in (sys.stdout, sys.__stdout__, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


def guarded(function, *arguments):
    """Calls `function` and returns how it ended as a tuple."""
    try:
        function(*arguments)
        return ("finished",)
    except Uncompilable as error:
        return ("uncompilable", *error.args)
    except crossing.CannotCross as error:
        return ("cannot_cross", str(error))
    except Missing as error:
        return ("missing", str(error))
    except SystemExit as error:
        return ("exited", exit_status(error.code))
    except BaseException as error:
        return describe(error)


def exit_status(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return int.__index__(code) & 0xFF
    print(code, file=sys.stderr)
    return 1


class Uncompilable(Exception):
    """The source is no program: (kind, message, line)."""


class Missing(BaseException):
    """The tests asked for a name that the program does not define."""


def describe(error):
    """An uncaught exception: printed as the interpreter would, and as a tuple."""
    kind = type(error).__name__
    try:
        message = str(error)
    except BaseException:
        message = ""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename in GUEST_FILES:
        frames = frames.tb_next
    line = 0
    at = frames
    while at is not None:
        if at.tb_frame.f_code.co_filename in (FILE, "tests.py"):
            line = at.tb_lineno
        at = at.tb_next
    try:
        traceback.print_exception(type(error), error, frames, file=sys.stderr)
    except BaseException:
        pass
    if isinstance(error, ModuleNotFoundError) and error.name:
        return ("unavailable", str(error.name))
    return ("failed", kind, message[:2000], line)


def compiled(source, file):
    """Code for `source`, whose lines tracebacks will show.

    Raises Uncompilable.
    """
    try:
        code = compile(source, file, "exec", dont_inherit=True)
    except SyntaxError as error:
        traceback.print_exception(type(error), error, None, file=sys.stderr)
        raise Uncompilable(type(error).__name__, str(error.msg), error.lineno or 0) from None
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise Uncompilable(type(error).__name__, str(error), 0) from None
    # A lazy entry: the loader is asked for the source only when a traceback is printed.
    linecache.cache[file] = (lambda: source,)
    return code


def new_module(name):
    module = types.ModuleType(name)
    module.__dict__["__builtins__"] = builtins
    sys.modules[name] = module
    sys.argv = [FILE]
    return module


def run(source, with_prelude):
    """Runs `source` as the main script."""
    module = new_module("__main__")
    if not with_prelude:
        module.__dict__["__builtins__"] = prelude.PRISTINE_BUILTINS
    exec(compiled(source, FILE), module.__dict__)


_loaded = None


def load(source):
    """Runs `source` as a module, so that `if __name__ == "__main__"` does not hold, and keeps it."""
    global _loaded
    module = new_module("program")
    exec(compiled(source, FILE), module.__dict__)
    _loaded = module


def loaded_names():
    return _loaded.__dict__


_handles = []


def _keep(value):
    _handles.append(value)
    return len(_handles) - 1


def serve(message):
    """One operation on the loaded program: a marshalled tuple in, a marshalled tuple out.

    In: `("entry", name, forms)`, `("get", name)`, `("attribute", handle, name)`, `("call", handle, arguments)` where `forms` lists ways to read one call's
    arguments and `arguments` is an encoded `(args, kwargs)`. Out: `("value", encoded[, arguments])`, where `arguments` are the encoded arguments if the call
    changed them, `("raise", kind, message, line)`, `("exit", status)`, `("missing", name)`, `("unavailable", module)`.
    """
    operation = marshal.loads(message)
    try:
        answer = OPERATIONS[operation[0]](*operation[1:])
    except Missing as error:
        answer = ("missing", str(error))
    except SystemExit as error:
        answer = ("exit", exit_status(error.code))
    except BaseException as error:
        ended = describe(error)
        answer = ("unavailable", ended[1]) if ended[0] == "unavailable" else ("raise", *ended[1:])
    return marshal.dumps(answer, 2)


def _get(name):
    names = _loaded.__dict__
    if name not in names:
        raise Missing(name)
    return ("value", crossing.encode(names[name], _keep))


def _attribute(handle, name):
    try:
        return ("value", crossing.encode(getattr(_handles[handle], name), _keep))
    except AttributeError as error:
        return ("raise", "AttributeError", str(error), 0)


def _call(handle, arguments):
    args, kwargs = crossing.decode(arguments, _handles.__getitem__)
    result = _handles[handle](*args, **kwargs)
    try:
        after = crossing.encode((args, kwargs))
    except crossing.CannotCross:
        after = None
    value = crossing.encode(result, _keep)
    return ("value", value) if after is None or after == arguments else ("value", value, after)


def _entry(name, forms):
    function = _entry_function(name)
    arguments = _choose(function, forms)
    result = function(*arguments)
    return ("value", crossing.encode(result, _keep))


def _entry_function(name):
    """The method of `class Solution`, or the top-level function, of this name."""
    names = _loaded.__dict__
    solution = names.get("Solution")
    if isinstance(solution, type) and hasattr(solution, name):
        return getattr(solution(), name)
    if callable(names.get(name)):
        return names[name]
    raise Missing(name)


def _choose(function, forms):
    """The first way of reading the arguments that the function's signature accepts; the first of all when its signature cannot be known."""
    if len(forms) == 1:
        return forms[0]
    import inspect

    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return forms[0]
    for form in forms:
        try:
            signature.bind(*form)
            return form
        except TypeError:
            continue
    return forms[0]


OPERATIONS = {"get": _get, "attribute": _attribute, "call": _call, "entry": _entry}
GUEST_FILES = {module.__spec__.origin for name in ("program", "remote", "crossing", "patches") if (module := importlib.import_module(name))}


def warm(source):
    """Runs a program once before the snapshot, with its output thrown away, so that instances find the interpreter's paths initialised."""
    stdout, sys.stdout = sys.stdout, io.StringIO()
    guarded(run, source, True)
    sys.stdout = stdout
    sys.modules.pop("__main__", None)
    linecache.cache.pop(FILE, None)
