"""Text that may run from right to left, inside text that does not: it stands isolated, or it turns its neighbours around.

A value of somebody that begins on its own is laid out by its own first letter, on the screen and on the page. Put into a sentence
it would be laid out by the sentence's, and the same words could be read in two orders.
"""

from __future__ import annotations

import re
import unicodedata

_BEGIN, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_OURS = "\N{LEFT-TO-RIGHT MARK}\N{LEFT-TO-RIGHT ISOLATE}"
"""Begins a line that a sentence of the program stands in: every language spoken here runs from left to right."""


def runs_leftward(text: str) -> bool:
    """Whether it holds letters, digits or marks that are written from right to left, or that turn others."""
    # ``needs_bidi`` of edition 1 says the same on purpose: an edition is frozen and shares no rule that may change.
    # Everything below Hebrew runs from left to right, so most text is settled by one comparison.
    if text.isascii() or max(text) < "\u0590":
        return False
    return any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in set(text))


def isolated(text: str) -> str:
    """Text of somebody as a part of a sentence on a screen, in the order it has on its own. What is signed holds no such marks."""
    return f"{_BEGIN}{text}{_END}" if runs_leftward(text) else text


def isolated_lines(text: str) -> str:
    """Text for a screen that lays all of it out in the direction of its first letter: each line by its own direction.

    That letter may belong to a value that a sentence begins with, and Qt takes it though the value is isolated: two values
    around the words of the sentence would change places. A line that holds an isolated value is laid out as our language is.
    """
    if not runs_leftward(text):
        return text
    several = _LINE.fullmatch(text) is None
    return _LINE.sub(lambda line: _laid(line[0], several=several), text)


def _laid(line: str, *, several: bool) -> str:
    if _BEGIN in line and not _one_value(line):
        return f"{_OURS}{line}{_END}"
    return isolated(line) if several else line


def _one_value(line: str) -> bool:
    """Whether all of a line is one isolated value, which has its own direction."""
    return line.startswith(_BEGIN) and line.find(_END) == len(line) - 1


# As the pages end a line, and with it a paragraph.
_LINE = re.compile("[^\n\u2028\u2029]+")
