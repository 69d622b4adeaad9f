"""Text as somebody sees it: whether it shows anything, whether it is one line, and as what it is found.

What shows nothing are spaces, and what Unicode 14.0 has drawn as nothing (White_Space, Default_Ignorable_Code_Point). The
ranges are here, because Pythons with other tables must give the same answer about what is signed.
"""

from __future__ import annotations

import re
import unicodedata

from intake.domain.base.canonical import clean

_NOTHING = re.compile(
    "[\t-\r \x85\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]*"
)
"""U+2800 is a Braille pattern without dots."""

_UNDRAWN = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""The same without spaces and line ends: what may be between two letters of one word."""

_LINE_ENDS = frozenset("\n\u2028\u2029")


def is_blank(text: str) -> bool:
    """Whether somebody who looks at it sees nothing."""
    return _NOTHING.fullmatch(text) is not None


def plain(text: str) -> str:
    """Typed text as it is signed: cleaned, without space around it; empty when it would show nothing."""
    made = clean(text).strip()
    return "" if is_blank(made) else made


def is_line(text: str) -> bool:
    """Whether it is one line without space around it and without anything that ``clean`` takes out. It may be empty."""
    return clean(text).strip() == text and _LINE_ENDS.isdisjoint(text)


def as_sought(text: str) -> str:
    """Text as it is searched: what looks alike is alike. It is not for showing.

    Without what is drawn as nothing and without a difference of case; ligatures and letters of another width are the letters
    they stand for (NFKC).
    """
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _UNDRAWN.sub("", text)).casefold())
