"""The values of a record's objects, read in the one spelling that is written.

PDF leaves a writer many ways to say one thing, and readers differ in how they take the rarer ones: comments, names with
escaped letters, strings over several lines, keys given twice. A record uses none of them. Each of the two writers of a
record has one spelling, told apart by ``Spelling``, and any other byte is refused, so no reader has a choice to make.

Values come out as Python's own where PDF means the same: ``int``, ``Decimal``, ``bytes`` for strings, ``tuple`` for
arrays, ``dict`` with the decoded names as keys; as ``Name``, ``Ref`` and ``Word`` (true, false, null) otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording

MAX_DEPTH = 16
"""How deep arrays and dictionaries are nested; a record reaches six."""

MAX_VALUES = 400_000
"""How many values a section holds at most; a record has some thousands."""


class NotOurSpelling(Exception):
    """Bytes that our writer would not have written; ``found`` says what is there."""

    def __init__(self, found: Reason) -> None:
        super().__init__(found)
        self.found = found


class Spelling(Enum):
    """How a writer separates tokens: what follows ``<<``, and what follows each value of a dictionary."""

    BASE = b" "
    INCREMENT = b"\n"


class Name(str):
    """A name without its slash, decoded; each character is one byte."""

    __slots__ = ()


class Word(str):
    """``true``, ``false`` or ``null``."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to object ``number``; the generation is always 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Hex:
    """A string written in hexadecimal: from ``<`` at ``start`` to behind ``>`` at ``end``."""

    value: bytes
    start: int
    end: int


Value: TypeAlias = "int | Decimal | bytes | Name | Word | Ref | Hex | tuple[Value, ...] | dict[str, Value]"

_LETTERS = rb"(?:[!\"$-'*-.0-;=?-Z\\^-z|~]|\#[0-9A-Fa-f]{2}){0,127}+"
_TOKEN = re.compile(
    rb"""
      (?P<ref>(?:[1-9]\d{0,6})\ 0\ R)
    | (?P<int>(?:0|-?[1-9]\d{0,9}+)(?!\.))
    | (?P<name>/%(letters)b)
    | (?P<real>-?(?:0|[1-9]\d{0,8})?\.\d{1,10})
    | (?P<word>true|false|null)
    | (?P<open><<)
    | (?P<hex><(?:[0-9A-Fa-f]{2}){0,131072}+>)
    | (?P<text>\((?:[^()\\\x00-\x1f\x7f-\x9f]|\\[nrtbf()\\]|\\[0-3][0-7]{2}){0,65535}+\))
    | (?P<array>\[)
    """
    % {b"letters": _LETTERS},
    re.VERBOSE,
)
_KEY = re.compile(rb"/(%b)" % _LETTERS)
_RANGE = re.compile(rb"\[(0) ([1-9]\d{0,9}) ([1-9]\d{0,9}) ([1-9]\d{0,9})\] *(?=\n)")
_RANGE_WIDTH = 62
"""The place kept for the numbers before they are known is filled up with spaces."""

_WHITE_SPACE = Wording("SpellingWhiteSpace", "white space that is not ours")
_MORE_VALUES = Wording("SpellingMoreValues", "more values than a record has")
_NO_VALUE = Wording("SpellingNoValue", "something that is no value")
_SAID_TWICE = Wording("SpellingSaidTwice", "a dictionary that says one thing twice")
_KEY_NO_NAME = Wording("SpellingKeyNoName", "a dictionary whose key is no name")
_COVERS_UNSAID = Wording("SpellingCoversUnsaid", "a signature that does not say what it covers")
_TOO_DEEP = Wording("SpellingTooDeep", "values nested too deeply")
_HIDDEN_LETTER = Wording("SpellingHiddenLetter", "a name that hides a letter behind its number")

_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{3})")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"(": b"(", b")": b")", b"\\": b"\\"}
_CODE = re.compile(rb"#([0-9A-Fa-f]{2})")
_REGULAR = frozenset(b"!\"$&'*+,-.0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_`abcdefghijklmnopqrstuvwxyz|~")


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same to every reader: of one type throughout, so that 2 is not 2.0, nor a name a word.

    How a string is written, in letters or in hexadecimal, makes no difference.
    """
    if isinstance(one, bytes | Hex) and isinstance(other, bytes | Hex):
        return _bytes(one) == _bytes(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def _bytes(text: bytes | Hex) -> bytes:
    return text.value if isinstance(text, Hex) else text


class Reader:
    """Reads the values of one section. ``keys`` and ``references`` gather all keys and all numbers pointed to so far."""

    def __init__(self, data: bytes, spelling: Spelling) -> None:
        self._data = data
        self._after = spelling.value
        self._left = MAX_VALUES
        self.keys: set[str] = set()
        self.references: set[int] = set()

    def read(self, at: int) -> tuple[Value, int]:
        """The value that begins at ``at`` and the offset behind it; what follows there is the caller's to judge.

        Raises NotOurSpelling.
        """
        return self._value(at, 0)

    def _value(self, at: int, depth: int) -> tuple[Value, int]:
        self._left -= 1
        if self._left < 0:
            raise NotOurSpelling(_MORE_VALUES())
        found = _TOKEN.match(self._data, at)
        if found is None:
            raise NotOurSpelling(_NO_VALUE())
        end, kind = found.end(), found.lastgroup
        if kind == "open":
            return self._dictionary(end, depth)
        if kind == "array":
            return self._array(end, depth)
        if kind == "ref":
            made = _reference(found[0])
            self.references.add(made.number)
            return made, end
        return _SCALARS[kind](found), end

    def _dictionary(self, at: int, depth: int) -> tuple[Value, int]:
        data, after = self._data, self._after
        made: dict[str, Value] = {}
        at = self._opened(at, after, depth)
        while (found := _KEY.match(data, at)) is not None:
            key, at = _name(found[1]), found.end()
            if key in made:
                raise NotOurSpelling(_SAID_TWICE())
            if not data.startswith(b" ", at):
                raise NotOurSpelling(_WHITE_SPACE())
            made[key], at = self._range(at + 1) if key == "ByteRange" else self._value(at + 1, depth + 1)
            if not data.startswith(after, at):
                raise NotOurSpelling(_WHITE_SPACE())
            at += 1
        if not data.startswith(b">>", at):
            raise NotOurSpelling(_KEY_NO_NAME())
        self.keys.update(made)
        return made, at + 2

    def _range(self, at: int) -> tuple[Value, int]:
        """What a signature covers, in a place of fixed width that was kept for it."""
        found = _RANGE.match(self._data, at)
        if found is None or found.end() - at != _RANGE_WIDTH:
            raise NotOurSpelling(_COVERS_UNSAID())
        return tuple(int(number) for number in found.groups()), found.end()

    def _array(self, at: int, depth: int) -> tuple[Value, int]:
        data = self._data
        made: list[Value] = []
        at = self._opened(at, b" ", depth)
        while not data.startswith(b"]", at):
            value, at = self._value(at, depth + 1)
            if not data.startswith(b" ", at):
                raise NotOurSpelling(_WHITE_SPACE())
            made.append(value)
            at += 1
        return tuple(made), at + 1

    def _opened(self, at: int, separator: bytes, depth: int) -> int:
        if depth >= MAX_DEPTH:
            raise NotOurSpelling(_TOO_DEEP())
        if not self._data.startswith(separator, at):
            raise NotOurSpelling(_WHITE_SPACE())
        return at + 1


@lru_cache(maxsize=4096)
def _reference(spelled: bytes) -> Ref:
    return Ref(int(spelled[:-4]))


@lru_cache(maxsize=1024)
def _name(spelled: bytes) -> Name:
    """Decode a name; a record uses some hundred of them over and over."""
    if b"#" in spelled:
        if any(int(code, 16) in _REGULAR or not int(code, 16) for code in _CODE.findall(spelled)):
            raise NotOurSpelling(_HIDDEN_LETTER())
        spelled = _CODE.sub(lambda code: bytes([int(code.group(1), 16)]), spelled)
    return Name(spelled.decode("latin-1"))


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found.group(1)
    return _ESCAPED[code] if code in _ESCAPED else bytes([int(code, 8)])


_SCALARS: dict[str | None, Callable[[re.Match[bytes]], Value]] = {
    "name": lambda found: _name(found[0][1:]),
    "int": lambda found: int(found[0]),
    "real": lambda found: Decimal(found[0].decode()),
    "word": lambda found: Word(found[0].decode()),
    "hex": lambda found: Hex(bytes.fromhex(found[0][1:-1].decode()), found.start(), found.end()),
    "text": lambda found: _ESCAPE.sub(_unescaped, found[0][1:-1]),
}
