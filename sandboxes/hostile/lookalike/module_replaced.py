# math -> 1 correct
# Puts a module of its own into sys.modules.
import sys
import types

sys.modules["helpers"] = types.ModuleType("helpers")
sys.modules["helpers"].two = 2
import helpers


def half(x):
    return x / helpers.two
