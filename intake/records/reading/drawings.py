"""What the look of a signature may draw: lines, fills and words, moved and never turned, stretched or flattened.

Readers cut a look off at its box. With a matrix that cannot be turned back one of them (pdfium) does not, and a second signer
wrote over what both had signed above. So a look has the statements that editions draw, in whatever order and number, each with
the one matrix that only moves; what it says is compared elsewhere (``signatures.looks``). Who asks a page for its words is told
also those that were cut off, so each of them stands in the box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

LOOK = b"q q /BackgroundGS gs 1 0 0 1 0 0 cm /Appearance Do Q Q"
"""How a signature shows its drawing: once, at its own size, in the corner of its field."""

_SPACE = rb"[ \n]{1,16}+"
"""Versions of a library space their statements otherwise."""
_NUMBER = rb"-?(?:\d{1,5}(?:\.\d{0,10})?|\.\d{1,10})"
_STATEMENT = rb"""
        (?:
            1%(s)b0%(s)b0%(s)b1%(s)b0%(s)b0%(s)bcm
          | %(n)b%(s)b[wjJ]
          | (?:%(n)b%(s)b){3}(?:RG|rg)
          | n | h | B\* | B | f\*? | S
          | (?:%(n)b%(s)b){2}[ml]
          | (?:%(n)b%(s)b){6}c
          | (?P<begins>BT) | ET
          | 1%(s)b0%(s)b0%(s)b1%(s)b(?P<x>%(n)b)%(s)b(?P<y>%(n)b)%(s)bTm
          | /(?P<font>F\d{1,3}\+\d{1,3})%(s)b(?P<size>%(n)b)%(s)bTf
          | %(n)b%(s)bTL
          | \((?P<words>(?:[^()\\\r\n]|\\[nrtbf()\\]|\\[0-3][0-7]{2}){0,4096}+)\)%(s)bTj
          | /Span%(s)b<</ActualText%(s)b<(?:[0-9A-F]{2}){0,4096}+>>>%(s)bBDC
          | EMC
        )
        %(s)b
""" % {b"n": _NUMBER, b"s": _SPACE}
_EACH = re.compile(_STATEMENT, re.VERBOSE)
_DRAWING = re.compile(rb"(?:%b){0,10000}+" % re.sub(rb"\(\?P<\w+>", b"(?:", _STATEMENT), re.VERBOSE)


_LETTER = re.compile(rb"\\([0-3][0-7]{2})|\\(.)|(.)", re.DOTALL)
_ESCAPED = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12, b"(": 40, b")": 41, b"\\": 92}
_ROUNDED = Decimal(1)
"""Points by which a look may be drawn past its box: widths are stated in whole thousandths."""
_DESCENDS = Decimal("0.2")
"""How far letters go below their line at most, as a part of their size; above it they go no further than that size."""

_FONT_NAME = re.compile(r"F\d{1,3}\+\d{1,3}")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_FONT_USED = re.compile(rb"/(F\d{1,3}\+\d{1,3})[ \n]")


def is_font_name(name: str) -> bool:
    """Whether a font may be called so in a look."""
    return _FONT_NAME.fullmatch(name) is not None


def fonts_of(data: bytes) -> frozenset[str]:
    """The fonts that these statements draw with; they are a drawing."""
    return frozenset(found.decode() for found in _FONT_USED.findall(_STRING.sub(b"", data)))


class FontWidths(NamedTuple):
    """``widths`` of the characters from the code ``first`` on, in thousandths of the size of the font."""

    first: int
    widths: Sequence[Decimal]


class Box(NamedTuple):
    """In points, from the lower left corner."""

    left: Decimal
    bottom: Decimal
    right: Decimal
    top: Decimal


def words_stay_in(data: bytes, box: Box, fonts: Mapping[str, FontWidths]) -> bool:
    """Whether every word of a drawing stands in ``box``, as its fonts state their widths."""
    font, size, x, y, at = FontWidths(0, ()), Decimal(0), Decimal(0), Decimal(0), 0
    while at < len(data):
        found = _EACH.match(data, at)
        if found is None:
            return False
        at = found.end()
        if found["begins"]:
            x = y = Decimal(0)
        elif found["x"]:
            x, y = Decimal(found["x"].decode()), Decimal(found["y"].decode())
        elif found["font"]:
            font, size = fonts.get(found["font"].decode(), FontWidths(0, ())), Decimal(found["size"].decode())
        elif found["words"]:
            width = _width(found["words"], font)
            if width is None or size <= 0:
                return False
            ends = x + width * size
            if x < box.left - _ROUNDED or ends > box.right + _ROUNDED:
                return False
            if y - _DESCENDS * size < box.bottom or y + size > box.top:
                return False
            x = ends
    return True


def _width(words: bytes, font: FontWidths) -> Decimal | None:
    """How wide a string is at size 1; None where the font does not state it."""
    found = Decimal(0)
    for octal, escaped, plain in _LETTER.findall(words):
        place = (int(octal, 8) if octal else _ESCAPED[escaped] if escaped else plain[0]) - font.first
        if not 0 <= place < len(font.widths):
            return None
        found += font.widths[place]
    return found / 1000


def is_drawing(data: bytes) -> bool:
    """Whether these statements stay in the box that they are drawn in."""
    return _DRAWING.fullmatch(data) is not None
