"""Tests written as code, and the program as they see it from another instance."""

import builtins
import marshal
import opcode

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
            kind = _PRISTINE.get(answer[1])
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
    """The names that tests do not define: the language's and the usual library's, and whatever else the program defines.

    A program must not redefine what tests compare with, and may have to define what a library has too: tests that call no name of its alone are about the
    first one that they call, which is then the program's. (MBPP has a `sum` of two integers and an `add`.)
    """

    def __init__(self, code, entry_point, find):
        super().__init__(vars(builtins))
        self.update(_BUILTINS)
        self.find = find
        subject = None if entry_point else _subject(code, self)
        if subject is not None:
            del self[subject]
            self.builtin = _PRISTINE.get(subject)

    builtin = None

    def __missing__(self, name):
        try:
            found = self.find(name)
        except program.Missing:
            # A built-in function that is called first need not be what the tests are about.
            if self.builtin is None or name != self.builtin.__name__:
                raise KeyError(name) from None
            found = self.builtin
        self[name] = found
        return found


def _subject(code, known):
    """The name that tests are about, if it is among the known ones."""
    stored, loaded, called = set(), set(), []
    _scan(code, stored, loaded, called)
    if any(name not in known and name not in stored and not name.startswith("__") for name in loaded):
        return None
    return next((name for name in called if name in known and name not in stored), None)


def _scan(code, stored, loaded, called):
    """Collects the global names that code stores and loads, and those that were loaded last before a call."""
    pending = [code]
    for code in pending:
        last, extended = None, 0
        instructions, names = code.co_code, code.co_names
        for at in range(0, len(instructions), 2):
            operation, argument = instructions[at], instructions[at + 1] | extended
            extended = argument << 8 if operation == _EXTENDED_ARG else 0
            if operation == _LOAD_NAME:
                last = names[argument]
                loaded.add(last)
            elif operation == _LOAD_GLOBAL:
                last = names[argument >> 1]
                loaded.add(last)
            elif operation == _STORE_NAME or operation == _STORE_GLOBAL:
                stored.add(names[argument])
            elif operation in _CALLS and last is not None:
                called.append(last)
                last = None
        pending += [constant for constant in code.co_consts if type(constant) is type(code)]


_LOAD_NAME, _LOAD_GLOBAL, _STORE_NAME, _STORE_GLOBAL, _EXTENDED_ARG = (
    opcode.opmap[name] for name in ("LOAD_NAME", "LOAD_GLOBAL", "STORE_NAME", "STORE_GLOBAL", "EXTENDED_ARG")
)
_CALLS = frozenset(opcode.opmap[name] for name in ("CALL", "CALL_KW", "CALL_FUNCTION_EX"))


def _run(tests, entry_point, find):
    code = program.compiled(tests, FILE)
    names = {"__name__": "__tests__", **_HELPERS, "__builtins__": _Names(code, entry_point, find)}
    exec(code, names)
    if entry_point:
        names["check"](find(entry_point))


def check_separate(tests, entry_point):
    """Runs tests whose program is in another instance."""
    _run(tests, entry_point, lambda name: _decode(_ask("get", name)[1]))


def check_shared(tests, entry_point):
    """Runs tests beside the program. What it did to the built-in functions is undone first, and what it returns is held in `Beside`."""
    vars(builtins).update(_BUILTINS)
    loaded = program.loaded_names()

    def find(name):
        if name not in loaded:
            raise program.Missing(name)
        return _taken(loaded[name])

    _run(tests, entry_point, find)


# Of its own, so that what a program does to those of `prelude` does not reach them.
_PRISTINE = dict(prelude.PRISTINE_BUILTINS)
_BUILTINS = {**_PRISTINE, **prelude.NAMES}
_HELPERS = dict(prelude.TEST_HELPERS)


class Beside:
    """A function, class or object of the program in this instance. As `Remote`, it equals only itself: what the object says of itself is not asked."""

    __slots__ = ("_object",)

    def __init__(self, target):
        object.__setattr__(self, "_object", target)

    def __call__(self, *args, **kwargs):
        arguments = (args, kwargs)
        given = _given(arguments)
        result = self._object(*given[0], **given[1])
        after_args, after_kwargs = _taken(given)
        for before, after in zip(args, after_args):
            _write_back(before, after)
        for name, before in kwargs.items():
            _write_back(before, after_kwargs[name])
        _settle(arguments)
        return _taken(result)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _taken(getattr(self._object, name))

    def __setattr__(self, name, value):
        setattr(self._object, name, _given(value))

    def __eq__(self, other):
        return self._object is (other._object if type(other) is Beside else other)

    def __hash__(self):
        return id(self._object)


def _copied(value, opaque):
    """Data as the base types hold it; `opaque` makes what stands for anything else."""
    kept = []

    def keep(item):
        kept.append(opaque(item))
        return len(kept) - 1

    return crossing.grow(crossing.tree(value, keep), kept.__getitem__)


def _taken(value):
    """What the tests get of the program's."""

    def opaque(item):
        if type(item) is Beside:
            return item
        if type(item) is _Callback:
            return item._function
        return Beside(item)

    return _copied(value, opaque)


def _given(value):
    """What the program gets of the tests'."""

    def opaque(item):
        if type(item) is Beside:
            return item._object
        return _Callback(item) if callable(item) and not isinstance(item, type) else item

    return _copied(value, opaque)


class _Callback:
    """A function of the tests. It is called with what the tests may take from the program."""

    __slots__ = ("_function",)

    def __init__(self, function):
        self._function = function

    def __call__(self, *args, **kwargs):
        args, kwargs = _taken((args, kwargs))
        return _given(self._function(*args, **kwargs))


def _settle(value):
    """Makes the objects of the tests that the program was given, such as linked lists, hold what tests may take."""
    pending, seen = [value], set()
    while pending:
        item = pending.pop()
        if isinstance(item, list | tuple | set | frozenset):
            pending.extend(item)
        elif isinstance(item, dict):
            pending.extend(item.values())
        elif type(item) in _NODES and id(item) not in seen:
            seen.add(id(item))
            for name, held in list(vars(item).items()):
                if type(held) in _NODES:
                    pending.append(held)
                else:
                    vars(item)[name] = _taken(held)


_NODES = (prelude.ListNode, prelude.TreeNode)
