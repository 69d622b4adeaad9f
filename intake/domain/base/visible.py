"""Text as somebody sees it: whether it shows anything, whether it is one line, and as what it is found.

What shows nothing are spaces, and what Unicode 14.0 has drawn as nothing (White_Space, Default_Ignorable_Code_Point). The
ranges are here, because Pythons with other tables must give the same answer about what is signed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

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

LETTERS = (
    "A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0391-\u03ff\u0400-\u052f\u3041-\u3096\u30a1-\u30fa"
    "\u4e00-\u9fff\uac00-\ud7a3"
)
"""For a pattern: letters and digits that look like no sign between two of them."""

_ENTRY = rf"[{LETTERS}./+&%#@()'!?–_=*€$£:-]+(?: [{LETTERS}./+&%#@()'!?–_=*€$£:-]+)*"
"""Compiled when it is first asked: the start of the app waits for it otherwise."""

COVERED = "\N{WHITE VERTICAL RECTANGLE}"
"""Stands for a character that is there and is drawn as nothing."""

_HIDDEN = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff]"
)
"""Of what is drawn as nothing all that text may hold (``canonical.clean``)."""
_JOINERS, _SELECTORS, _DIRECTIONS = frozenset("\u200c\u200d"), re.compile("[\ufe00-\ufe0f]"), "\u061c\u200e\u200f"

_LINE = re.compile("[^\n\u2028\u2029]+")
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


def uncovered(text: str) -> str:
    """Text for showing, in which what is drawn as nothing is seen (``COVERED``), so that it makes no two texts look the same.

    What shapes the letters or pictures beside it stays: joiners within other scripts and emoji, the selectors of pictures and of
    ideographs, and direction marks in a line that does run from right to left. That may change nothing to be seen, such as a
    joiner between letters that never join, and stays all the same.
    """
    if text.isascii() or _HIDDEN.search(text) is None:
        return text
    shown, at = [], 0
    for where in _covered(text):
        shown += [text[at:where], COVERED]
        at = where + 1
    return "".join((*shown, text[at:]))


def hidden_in(text: str) -> tuple[str, ...]:
    """The different characters for which ``uncovered`` shows something else, as they come."""
    if text.isascii():
        return ()
    return tuple(dict.fromkeys(text[at] for at in _covered(text)))


def told_apart(entries: Sequence[str]) -> bool:
    """Whether texts can stand in a line with commas between them, and nobody takes one for two or two for one."""
    return all(re.fullmatch(_ENTRY, entry) for entry in entries)


def _covered(text: str) -> Iterator[int]:
    """Where a box stands for what is drawn as nothing. Each line is asked once which way it runs, however many marks it has."""
    for line in _LINE.finditer(text):
        found = [item.start() for item in _HIDDEN.finditer(text, *line.span())]
        marked = any(text[at] in _DIRECTIONS for at in found)
        leftward = marked and _runs_leftward(line[0])
        for at in found:
            if not (leftward if text[at] in _DIRECTIONS else _shapes(text, at)):
                yield at


def _runs_leftward(line: str) -> bool:
    return any(unicodedata.bidirectional(one) in {"R", "AL"} for one in set(line).difference(_DIRECTIONS))


def _shapes(text: str, at: int) -> bool:
    """Whether a character that is no direction mark shapes what is beside it."""
    char, before, after = text[at], text[at - 1] if at else "", text[at + 1 : at + 2]
    if char in _JOINERS:
        return before > "\u0590" and after > "\u0590"
    return _SELECTORS.fullmatch(char) is not None and (
        before > "\u2000" or (before != "" and before in "0123456789#*\xa9\xae")
    )
