# call -> 1 correct
# Computes with frames, objects and the garbage collector for reasons of its own.
import gc
import sys

gc.disable()


def add(a, b):
    assert sys._getframe().f_code.co_name == "add"
    gc.collect()
    return a + b
