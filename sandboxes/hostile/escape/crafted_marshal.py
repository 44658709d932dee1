# contained -> 1 correct
# Loads code objects from garbage, which the interpreter trusts.
import marshal
import random
import sys

source = marshal.dumps(compile("def f(x):\n    return [x, 'a', 1.5]\nf(2)", "x", "exec"))
for seed in range(200):
    rng = random.Random(seed)
    data = bytearray(source)
    for _ in range(3):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        marshal.loads(bytes(data))
    except Exception as error:
        print(seed, error, file=sys.stderr)
print("contained")
