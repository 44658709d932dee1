# contained -> 0 runtime_error
# Reads memory beside its own objects by bytecode that no compiler would write. It can only reach its own instance.
import sys


def victim():
    x = 1
    return x


def crafted(index):
    code = bytearray(victim.__code__.co_code)
    opcode = __import__("dis").opmap["LOAD_FAST"]
    for at in range(0, len(code), 2):
        if code[at] in (opcode, __import__("dis").opmap.get("LOAD_FAST_BORROW", opcode)):
            code[at + 1] = index
    victim.__code__ = victim.__code__.replace(co_code=bytes(code))
    return victim()


for index in range(2, 250):
    try:
        print(index, type(crafted(index)), file=sys.stderr)
    except Exception as error:
        print(index, error, file=sys.stderr)
