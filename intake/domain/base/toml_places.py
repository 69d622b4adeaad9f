"""Where everything is in a TOML text: from the path of a key or item to its line.

``tomllib`` reads TOML strictly and gives no positions, so this walks once more over a text that ``tomllib`` has already
accepted, and only counts. What is not TOML never comes here; a syntax error carries its line by itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of the document, as in ``("rules", 3, "when", "all", 0, "question")``."""


def places(text: str) -> Mapping[Path, int]:
    """The line (from 1) on which each table, key and entry of a list begins; the path ``()`` is line 1.

    ``text`` is TOML that ``tomllib.loads`` accepts.
    """
    scan = _Scan(text)
    scan.document()
    return scan.found


def line_of(found: Mapping[Path, int], path: Path) -> int:
    """The line of ``path``, or of the nearest thing around it that is in the text."""
    while path not in found:
        path = path[:-1]
    return found[path]


_BLANK = re.compile(r"(?:[ \t]|#[^\n]*)*")
_BLANK_LINES = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_KEY = re.compile(r'[ \t]*("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)[ \t]*')
_SCALAR = re.compile(
    # A text in three quotes may itself end in one or two quotes.
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    # A day and a time may be parted by one space.
    r"|\d{4}-\d{2}-\d{2} \d{2}:[^\s,\]}#]*"
    r"|[^\s,\]}#]+"
)


class _Scan:
    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._line = 1
        self._counted = 0
        self._lists: dict[Path, int] = {}
        self.found: dict[Path, int] = {(): 1}

    def document(self) -> None:
        here: Path = ()
        self._skip(_BLANK_LINES)
        while self._at < len(self._text):
            if self._sees("["):
                here = self._header()
            else:
                self._entry(here)
            self._skip(_BLANK_LINES)

    def _header(self) -> Path:
        line = self._here()
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        names = self._keys()
        self._at += brackets
        path: Path = ()
        for number, name in enumerate(names, start=1):
            path += (name,)
            self.found.setdefault(path, line)
            if number == len(names) and brackets == 2:
                self._lists[path] = self._lists.get(path, -1) + 1
            if path in self._lists:
                path += (self._lists[path],)
                self.found.setdefault(path, line)
        return path

    def _entry(self, table: Path) -> None:
        """One ``key = value``; the path of the value is its table's with every part of a dotted key behind it."""
        line = self._here()
        path = table
        for name in self._keys():
            path += (name,)
            self.found.setdefault(path, line)
        self._at += 1
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        self.found.setdefault(path, self._here())
        if self._sees("["):
            self._at += 1
            self._skip(_BLANK_LINES)
            number = 0
            while not self._sees("]"):
                self._value((*path, number))
                number += 1
                self._next()
            self._at += 1
        elif self._sees("{"):
            self._at += 1
            self._skip(_BLANK_LINES)
            while not self._sees("}"):
                self._entry(path)
                self._next()
            self._at += 1
        else:
            self._skip(_SCALAR)

    def _next(self) -> None:
        self._skip(_BLANK_LINES)
        if self._sees(","):
            self._at += 1
            self._skip(_BLANK_LINES)

    def _keys(self) -> tuple[str, ...]:
        names = [self._key()]
        while self._sees("."):
            self._at += 1
            names.append(self._key())
        return tuple(names)

    def _key(self) -> str:
        start = self._at
        self._skip(_KEY)
        written = self._text[start : self._at].strip(" \t")
        # Escapes mean in a quoted key what they mean in a text, so the reader itself resolves them.
        return str(tomllib.loads(f"key = {written}")["key"]) if written[:1] in {'"', "'"} else written

    def _sees(self, letter: str) -> bool:
        return self._text.startswith(letter, self._at)

    def _skip(self, what: re.Pattern[str]) -> None:
        if match := what.match(self._text, self._at):
            self._at = match.end()

    def _here(self) -> int:
        """The line of the current place; it only ever moves on, so each line end is counted once."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line
