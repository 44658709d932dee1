"""Values as bytes, for the way between two instances or between an instance and the host.

Plain data goes as `M` and version 2 of the marshal format. What marshal refuses goes as `T` and a tree of `(tag, payload)`, marshalled: subclasses of plain
types lose their class, a few value types are rebuilt, and anything else is opaque. The host checks the bytes before another instance reads them, so that
marshal only ever loads well-formed plain data. Methods of the base types are called, never those of the value: a value cannot lie about what it holds.
"""

import collections
import datetime
import decimal
import fractions
import marshal

PLAIN, LIST, TUPLE, SET, FROZENSET, DICT, OPAQUE = 0, 1, 2, 3, 4, 5, 6
RANGE, BYTEARRAY, DEQUE, DECIMAL, FRACTION, DATE, DATETIME, TIMEDELTA = 7, 8, 9, 10, 11, 12, 13, 14


class CannotCross(BaseException):
    """A value exists only inside one instance. Not an Exception, so that tests do not catch it."""


def refuse(value):
    raise CannotCross(type(value).__name__)


def encode(value, opaque=refuse):
    """Bytes for `value`; `opaque(x)` gives a number to stand for whatever is not data."""
    try:
        return b"M" + marshal.dumps(value, 2)
    except ValueError:
        return b"T" + marshal.dumps(tree(value, opaque), 2)


def decode(data, handle=None):
    """The value that `encode` made bytes of; `handle(n)` gives what stands for an opaque one."""
    if data[:1] == b"M":
        return marshal.loads(data[1:])
    return grow(marshal.loads(data[1:]), handle)


def tree(value, opaque):
    kind = type(value)
    if value is None or kind is bool or kind is int or kind is float or kind is str or kind is bytes or kind is complex:
        return (PLAIN, value)
    if issubclass(kind, int):
        return (PLAIN, int.__pos__(value))
    if issubclass(kind, float):
        return (PLAIN, float.__pos__(value))
    if issubclass(kind, str):
        return (PLAIN, str.__str__(value))
    if issubclass(kind, list):
        return (LIST, [tree(x, opaque) for x in list.__iter__(value)])
    if issubclass(kind, tuple):
        return (TUPLE, [tree(x, opaque) for x in tuple.__iter__(value)])
    if issubclass(kind, dict):
        return (DICT, [(tree(k, opaque), tree(v, opaque)) for k, v in dict.items(value)])
    if issubclass(kind, frozenset):
        return (FROZENSET, [tree(x, opaque) for x in frozenset.__iter__(value)])
    if issubclass(kind, set):
        return (SET, [tree(x, opaque) for x in set.__iter__(value)])
    if kind is range:
        return (RANGE, (value.start, value.stop, value.step))
    if kind is bytearray:
        return (BYTEARRAY, bytes(value))
    if kind is collections.deque:
        return (DEQUE, ([tree(x, opaque) for x in value], value.maxlen))
    if kind is decimal.Decimal:
        return (DECIMAL, str(value))
    if kind is fractions.Fraction:
        return (FRACTION, (value.numerator, value.denominator))
    if kind is datetime.date:
        return (DATE, value.toordinal())
    if kind is datetime.datetime and value.tzinfo is None:
        return (DATETIME, value.isoformat())
    if kind is datetime.timedelta:
        return (TIMEDELTA, (value.days, value.seconds, value.microseconds))
    return (OPAQUE, opaque(value))


def grow(node, handle):
    tag, payload = node
    match tag:
        case 0:
            return payload
        case 1:
            return [grow(x, handle) for x in payload]
        case 2:
            return tuple([grow(x, handle) for x in payload])
        case 3:
            return {grow(x, handle) for x in payload}
        case 4:
            return frozenset([grow(x, handle) for x in payload])
        case 5:
            return {grow(k, handle): grow(v, handle) for k, v in payload}
        case 6:
            return handle(payload)
        case 7:
            return range(*payload)
        case 8:
            return bytearray(payload)
        case 9:
            return collections.deque([grow(x, handle) for x in payload[0]], payload[1])
        case 10:
            return decimal.Decimal(payload)
        case 11:
            return fractions.Fraction(*payload)
        case 12:
            return datetime.date.fromordinal(payload)
        case 13:
            return datetime.datetime.fromisoformat(payload)
        case 14:
            return datetime.timedelta(*payload)
    raise ValueError(f"no value has tag {tag}")
