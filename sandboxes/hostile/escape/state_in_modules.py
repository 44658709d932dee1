# contained -> 1 correct
# Leaves marks in modules, and looks for those of an earlier run.
import builtins
import json
import os
import random
import sys

marks = [
    hasattr(builtins, "mark"), "mark" in sys.modules, "MARK" in os.environ, hasattr(json, "mark"), sys.getrecursionlimit() == 4321, hasattr(sys, "mark"),
    json.dumps(1) == "mark",
]
builtins.mark = sys.mark = json.mark = 1
sys.modules["mark"] = sys
os.environ["MARK"] = "1"
sys.setrecursionlimit(4321)
json.dumps = lambda value: "mark"
random.seed(1)
random.random()
print("escaped" if any(marks) else "contained")
