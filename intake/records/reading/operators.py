"""What a page or a look draws, as a list of operators with what they are given, compared by what it says.

Versions of a library space their operators otherwise, or write 1.50 for 1.5. Nothing else may differ: not a glyph, a
font, a colour, a position, nor their order.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from intake.records.reading.grammar import NotOurSpelling, Reader, Spelling, Value, same

_SPACE = re.compile(rb"[ \n]*")
_NUMBER = re.compile(rb"-?(?:\d{1,10}(?:\.\d{0,10})?|\.\d{1,10})(?=[ \n]|$)")
_OPERATOR = re.compile(rb"(?:[A-Za-z]{1,2}[01]?\*?|BDC|BMC|EMC|SCN|scn|['\"])(?=[ \n]|$)")
_MAX_PARTS = 100_000


class _Operator(str):
    """The name of an operator; a name that is given to one is a ``Name``."""

    __slots__ = ()


Part: TypeAlias = "Value | _Operator"


def same_drawing(one: bytes, other: bytes) -> bool:
    """Whether two content streams draw the same. What is spelled as no record spells it is the same to the byte only."""
    if one == other:
        return True
    left, right = _parts(one), _parts(other)
    if left is None or right is None or len(left) != len(right):
        return False
    return all(map(_alike, left, right))


def _alike(one: Part, other: Part) -> bool:
    if isinstance(one, _Operator) or isinstance(other, _Operator):
        return type(one) is type(other) and one == other
    return same(one, other)


def _parts(drawing: bytes) -> list[Part] | None:
    """Operators and what they are given, in order; None for other spelling. All numbers are Decimal."""
    reader, found = Reader(drawing, Spelling.BASE), list[Part]()
    at = _behind_space(drawing, 0)
    while at < len(drawing):
        if len(found) == _MAX_PARTS:
            return None
        if (met := _NUMBER.match(drawing, at)) is not None:
            found.append(Decimal(met[0].decode()))
            end = met.end()
        elif (met := _OPERATOR.match(drawing, at)) is not None:
            found.append(_Operator(met[0].decode()))
            end = met.end()
        else:
            try:
                value, end = reader.read(at)
            except NotOurSpelling:
                return None
            found.append(value)
        at = _behind_space(drawing, end)
        if at == end < len(drawing):
            return None
    return found


def _behind_space(drawing: bytes, at: int) -> int:
    found = _SPACE.match(drawing, at)
    assert found is not None
    return found.end()
