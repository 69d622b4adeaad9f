"""What the look of a signature may draw: lines, fills and words, moved and never turned, stretched or flattened.

Readers cut a look off at its box. With a matrix that cannot be turned back one of them (pdfium) does not, and a second signer
wrote over what both had signed above. So a look has the statements that editions draw, in whatever order and number, each with
the one matrix that only moves; what it says is compared elsewhere (``signatures.looks``).
"""

from __future__ import annotations

import re

LOOK = b"q q /BackgroundGS gs 1 0 0 1 0 0 cm /Appearance Do Q Q"
"""How a signature shows its drawing: once, at its own size, in the corner of its field."""

_SPACE = rb"[ \n]{1,16}+"
"""Versions of a library space their statements otherwise."""
_NUMBER = rb"-?(?:\d{1,5}(?:\.\d{0,10})?|\.\d{1,10})"
_DRAWING = re.compile(
    rb"""
    (?:
        (?:
            1%(s)b0%(s)b0%(s)b1%(s)b0%(s)b0%(s)bcm
          | %(n)b%(s)b[wjJ]
          | (?:%(n)b%(s)b){3}(?:RG|rg)
          | n | h | B\* | B | f\*? | S
          | (?:%(n)b%(s)b){2}[ml]
          | (?:%(n)b%(s)b){6}c
          | BT | ET
          | 1%(s)b0%(s)b0%(s)b1%(s)b%(n)b%(s)b%(n)b%(s)bTm
          | /F\d{1,3}\+\d{1,3}%(s)b%(n)b%(s)bTf
          | %(n)b%(s)bTL
          | \((?:[^()\\\r\n]|\\[nrtbf()\\]|\\[0-3][0-7]{2}){0,4096}+\)%(s)bTj
          | /Span%(s)b<</ActualText%(s)b<(?:[0-9A-F]{2}){0,4096}+>>>%(s)bBDC
          | EMC
        )
        %(s)b
    ){0,10000}+
    """
    % {b"n": _NUMBER, b"s": _SPACE},
    re.VERBOSE,
)


_FONT_NAME = re.compile(r"F\d{1,3}\+\d{1,3}")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_FONT_USED = re.compile(rb"/(F\d{1,3}\+\d{1,3})[ \n]")


def is_font_name(name: str) -> bool:
    """Whether a font may be called so in a look."""
    return _FONT_NAME.fullmatch(name) is not None


def fonts_of(data: bytes) -> frozenset[str]:
    """The fonts that these statements draw with; they are a drawing."""
    return frozenset(found.decode() for found in _FONT_USED.findall(_STRING.sub(b"", data)))


def is_drawing(data: bytes) -> bool:
    """Whether these statements stay in the box that they are drawn in."""
    return _DRAWING.fullmatch(data) is not None
