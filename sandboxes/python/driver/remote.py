"""Tests written as code, and the program as they see it from another instance."""

import builtins
import marshal

import crossing
import prelude
import program
from wit_world.imports import candidate as host

FILE = "tests.py"


class RemoteError(Exception):
    """The program raised an exception of a class of its own."""


class Remote:
    """A function, class or object of the program. Calls and attributes go there; it equals only itself."""

    __slots__ = ("_handle",)

    def __init__(self, handle):
        object.__setattr__(self, "_handle", handle)

    def __call__(self, *args, **kwargs):
        arguments = _encode((args, kwargs))
        answer = _ask("call", self._handle, arguments)
        if len(answer) == 3:
            after_args, after_kwargs = _decode(answer[2])
            for before, after in zip(args, after_args):
                _write_back(before, after)
            for name, before in kwargs.items():
                _write_back(before, after_kwargs[name])
        return _decode(answer[1])

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _decode(_ask("attribute", self._handle, name)[1])


def _decode(data):
    return crossing.decode(data, Remote)


def _encode(value):
    """As `crossing.encode`, where an object of the program goes back as itself."""

    def opaque(item):
        if type(item) is Remote:
            return item._handle
        raise crossing.CannotCross(type(item).__name__)

    return crossing.encode(value, opaque)


def _write_back(before, after):
    """Makes a container that the program was given hold what the program left in its copy."""
    if type(before) is not type(after):
        return
    if isinstance(before, list):
        if len(before) == len(after):
            for old, new in zip(before, after):
                _write_back(old, new)
        if before != after:
            before[:] = after
    elif isinstance(before, dict | set):
        if before != after:
            before.clear()
            before.update(after)


def _ask(*request):
    """One exchange with the program's instance. Raises what the program raised."""
    answer = marshal.loads(bytes(host.request(marshal.dumps(request, 2))))
    match answer[0]:
        case "value":
            return answer
        case "missing":
            raise program.Missing(answer[1])
        case "raise":
            kind = prelude.PRISTINE_BUILTINS.get(answer[1])
            if isinstance(kind, type) and issubclass(kind, Exception):
                raise _exception(kind, answer[2])
            raise RemoteError(f"{answer[1]}: {answer[2]}")
    raise SystemExit(answer[0])


def _exception(kind, message):
    try:
        return kind(message)
    except TypeError:
        return RemoteError(f"{kind.__name__}: {message}")


class _Names(dict):
    """The built-in names, and after them whatever the program defines."""

    def __missing__(self, name):
        try:
            found = _decode(_ask("get", name)[1])
        except program.Missing:
            raise KeyError(name) from None
        self[name] = found
        return found


def _run(tests, names, entry_point, find):
    exec(program.compiled(tests, FILE), names)
    if entry_point:
        names["check"](find(entry_point))


def check_separate(tests, entry_point):
    """Runs tests whose program is in another instance."""
    names = {"__name__": "__tests__", **prelude.TEST_HELPERS, "__builtins__": _Names(vars(builtins))}
    _run(tests, names, entry_point, lambda name: _decode(_ask("get", name)[1]))


def check_shared(tests, entry_point):
    """Runs tests beside the program, with its names in scope. What it did to the built-in functions and to the test helpers is undone first."""
    vars(builtins).update(prelude.PRISTINE_BUILTINS)
    vars(builtins).update(prelude.NAMES)
    names = {**program.loaded_names(), **prelude.TEST_HELPERS, "__name__": "__tests__"}

    def find(name):
        if name not in names:
            raise program.Missing(name)
        return names[name]

    _run(tests, names, entry_point, find)
