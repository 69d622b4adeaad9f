"""Text as somebody sees it: whether it shows anything, and whether it is one line.

What shows nothing are spaces, and what Unicode 14.0 has drawn as nothing (White_Space, Default_Ignorable_Code_Point). The
ranges are here, because Pythons with other tables must give the same answer about what is signed.
"""

from __future__ import annotations

import re

from intake.domain.base.canonical import clean

_NOTHING = re.compile(
    "[\t-\r \x85\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]*"
)
"""U+2800 is a Braille pattern without dots."""

_LINE_ENDS = frozenset("\n\u2028\u2029")


def is_blank(text: str) -> bool:
    """Whether somebody who looks at it sees nothing."""
    return _NOTHING.fullmatch(text) is not None


def is_line(text: str) -> bool:
    """Whether it is one line without space around it and without anything that ``clean`` takes out. It may be empty."""
    return clean(text).strip() == text and _LINE_ENDS.isdisjoint(text)
