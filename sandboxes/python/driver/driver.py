"""The Python guest: what the component exports.

The interpreter starts, imports the standard library and this module, and is then frozen into the component's memory. An instance begins here, at one of
the four exports. Nothing in this file decides a verdict about a value that a program returned: that is the host's work, or that of another instance.
"""

import gc
import sys

import stdlib

stdlib.import_all()

import libraries  # noqa: E402, F401  (written by the build)
import patches  # noqa: E402  (the library must be complete before it is patched)

patches.apply()

import crossing  # noqa: E402
import prelude  # noqa: E402
import program  # noqa: E402
import remote  # noqa: E402
import wit_world  # noqa: E402
from wit_world.imports import types as wit  # noqa: E402


class WitWorld(wit_world.WitWorld):
    def run(self, source, with_prelude):
        return ending(program.run, source, with_prelude)

    def load(self, source):
        return ending(program.load, source)

    def serve(self, message):
        return program.serve(bytes(message))

    def check(self, tests, entry_point, shared):
        if shared:
            return ending(remote.check_shared, tests, entry_point)
        return ending(remote.check_separate, tests, entry_point)


def ending(function, *arguments):
    """Calls `function` and says how it ended, in the words of the world."""
    try:
        outcome = program.guarded(function, *arguments)
    finally:
        program.close_streams()
    match outcome:
        case ("finished",):
            return wit.Ending_Finished()
        case ("exited", status):
            return wit.Ending_Exited(status)
        case ("unavailable", module):
            return wit.Ending_ModuleUnavailable(module)
        case ("cannot_cross", what):
            return wit.Ending_CannotCross(what)
        case ("missing", name):
            return wit.Ending_Missing(name)
        case ("uncompilable", kind, message, line):
            return wit.Ending_Uncompilable(wit.Failure(kind, message, line))
        case ("failed", kind, message, line):
            return wit.Ending_Failed(wit.Failure(kind, message, line))


prelude.install()
for _warm in ("pass", "def f(x):\n    return x\nprint(f(1), end='')", "class A:\n    pass\nfor i in range(3):\n    [i]"):
    program.warm(_warm)
crossing.decode(crossing.encode([1, "a", (None,)]))
# Programs need none of these, and one that runs beside its tests would find them by name.
for _module in ("crossing", "libraries", "patches", "prelude", "program", "remote", "stdlib"):
    del sys.modules[_module]
patches.seal()
# Objects that live in the snapshot are never garbage: keeping the collector away from them also keeps their pages unwritten, and so shared.
gc.collect()
patches.fill_holes()
gc.freeze()
