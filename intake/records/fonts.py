"""The fonts of a record: one family, and fallbacks for what it lacks.

``Fonts`` is made once from bytes and kept, because reading a font costs more than using it; fallbacks are read when a
text first needs them. A character that no font has is shown as a placeholder, never as an empty glyph, which PDF/A
forbids.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFile

from intake.domain.base.visible import hidden_in

_KEPT_WIDTHS = 20_000
_INVISIBLE = frozenset({"Cf", "Cc", "Cs"})
_SELECTORS = range(0xFE00, 0xFE10)
_LINE_ENDS = frozenset("\u2028\u2029")

PLACEHOLDERS = ("\u25af", "\ufffd", "?")
"""What replaces a character no font has: an empty upright box if there is one."""


@dataclass(frozen=True, slots=True)
class FontFiles:
    """The resources a family is read from, by name."""

    regular: str
    bold: str
    fallbacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Face:
    """One font as the canvas knows it. ``glyphs`` are the code points it has."""

    name: str
    glyphs: dict[int, int]
    measure: Callable[[str, float], float]
    """The width of a text at a size, both in points, without kerning."""


class Fonts:
    """A family of two weights with fallbacks, from the bytes of TrueType files.

    Not for two threads at once: the canvas subsets a font while it draws.
    """

    __slots__ = ("_fallback_bytes", "_fallbacks", "_found", "_widths", "bold", "digest", "regular")

    def __init__(self, regular: bytes, bold: bytes, fallbacks: tuple[bytes, ...] = ()) -> None:
        self.digest = sha256(b"".join(sha256(data).digest() for data in (regular, bold, *fallbacks))).hexdigest()
        self.regular = _face(regular)
        self.bold = _face(bold)
        self._fallback_bytes = fallbacks
        self._fallbacks: list[Face] = []
        self._found: dict[str, Face | None] = {}
        self._widths: dict[tuple[str, float, str], float] = {}

    @classmethod
    def read(cls, read: Callable[[str], bytes], files: FontFiles) -> Fonts:
        """A family, from a function that gives the bytes of a resource by name."""
        return cls(read(files.regular), read(files.bold), tuple(read(name) for name in files.fallbacks))

    def width(self, face: Face, size: float, word: str) -> float:
        """How wide ``word`` is, in points. Words return all the time, so widths are kept, up to a limit."""
        key = (face.name, size, word)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) >= _KEPT_WIDTHS:
                self._widths.clear()
            found = self._widths[key] = face.measure(word, size)
        return found

    def fallback(self, char: str) -> Face | None:
        """The first fallback that has ``char``, or None. Both weights share their fallbacks."""
        if char not in self._found:
            self._found[char] = self._search(ord(char))
        return self._found[char]

    def _search(self, code: int) -> Face | None:
        for index, data in enumerate(self._fallback_bytes):
            if index == len(self._fallbacks):
                self._fallbacks.append(_face(data))
            if code in self._fallbacks[index].glyphs:
                return self._fallbacks[index]
        return None


class Glyphs:
    """Which characters a family can draw, without drawing: asked before anything is printed, from any thread.

    Fonts are read when a text first needs them, apart from those that print.
    """

    def __init__(self, read: Callable[[str], bytes], files: FontFiles) -> None:
        self._read = read
        self._both = (files.regular, files.bold)
        self._fallbacks = files.fallbacks
        self._points: dict[str, frozenset[int]] = {}
        self._lock = Lock()

    def lacking(self, text: str) -> tuple[str, ...]:
        """The different characters of ``text`` that are printed as a placeholder, as they come."""
        if text.isascii():
            return ()
        with self._lock:
            hidden = frozenset(hidden_in(text))
            return tuple(
                char for char in dict.fromkeys(text) if char in hidden or (is_drawn(char) and not self._has(ord(char)))
            )

    def _has(self, code: int) -> bool:
        return all(code in self._of(name) for name in self._both) or any(
            code in self._of(name) for name in self._fallbacks
        )

    def _of(self, name: str) -> frozenset[int]:
        if name not in self._points:
            self._points[name] = frozenset(TTFontFile(BytesIO(self._read(name)), charInfo=1).charToGlyph)
        return self._points[name]


def is_drawn(char: str) -> bool:
    """Whether a character is drawn at all: joiners, soft hyphens, controls and selectors steer text, and are not."""
    return char not in _LINE_ENDS and unicodedata.category(char) not in _INVISIBLE and ord(char) not in _SELECTORS


def _face(data: bytes) -> Face:
    # The canvas finds fonts in ReportLab's own table, by name; naming them by content keeps two sets apart.
    name = f"CS{sha256(data).hexdigest()[:16]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, BytesIO(data), asciiReadable=0, shapable=False))
    font = pdfmetrics.getFont(name)
    return Face(name, font.face.charToGlyph, font.stringWidth)
