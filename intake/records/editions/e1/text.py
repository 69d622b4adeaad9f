"""Plain text set into lines: broken to a width, each character in a font that has it, right-to-left text reordered.

No markup is read here or anywhere else in this room: a paragraph is a string of characters, and that is why text from
a form cannot embed a picture or a link. Drawing the lines is ``flow``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from intake.domain.base.visible import hidden_in, uncovered
from intake.records.editions.e1 import bidi
from intake.records.fonts import PLACEHOLDERS, Face, Fonts, is_drawn


@dataclass(frozen=True, slots=True)
class Style:
    """``size`` and ``leading`` in points, ``colour`` as six hexadecimal digits, ``tracking`` as extra space per letter."""

    size: float
    leading: float
    colour: str
    bold: bool = False
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font, from left to right, ``width`` points wide."""

    font: str
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A set line. ``actual`` is the logical text where the drawn characters differ from it, else empty."""

    runs: tuple[Run, ...]
    width: float
    rightward: bool = True
    actual: str = ""


@dataclass(slots=True)
class Typesetter:
    """Sets text for one document. ``missing`` collects the characters no font has, or that are drawn as nothing."""

    fonts: Fonts
    missing: set[str] = field(default_factory=set)

    def lines(self, text: str, style: Style, width: float) -> list[TextLine]:
        """Break ``text`` into lines of at most ``width`` points; line ends in the text are kept. Never empty.

        What is drawn as nothing is shown as a placeholder, and counts as missing.
        """
        made: list[TextLine] = []
        self.missing.update(hidden_in(text))
        text = uncovered(text)
        face = self.fonts.bold if style.bold else self.fonts.regular
        for paragraph in text.expandtabs(4).splitlines() or [""]:
            if _plain(paragraph, face):
                made.extend(self._plain_lines(paragraph, face, style, width))
            else:
                made.extend(_Setting(self, paragraph, face, style).lines(width))
        return made

    def width(self, text: str, style: Style) -> float:
        """How wide ``text`` would be on one line, in points."""
        return max(line.width for line in self.lines(text, style, float("inf")))

    def _plain_lines(self, text: str, face: Face, style: Style, width: float) -> list[TextLine]:
        """The common case: every character is in the family, all from left to right."""
        whole = self._measure(text, face, style) if len(text) <= 120 else width + 1
        if whole <= width:
            return [_line([text], whole, face)]
        space = self._measure(" ", face, style)
        made: list[TextLine] = []
        words: list[str] = []
        used = 0.0
        for word in text.split(" "):
            wide = self._measure(word, face, style)
            if words and used + space + wide > width:
                made.append(_line(words, used, face))
                words, used = [], 0.0
            while wide > width:
                fitting = self._fitting(word, face, style, width)
                made.append(_line([word[:fitting]], self._measure(word[:fitting], face, style), face))
                word = word[fitting:]  # noqa: PLW2901 - the rest of a word too long for any line
                wide = self._measure(word, face, style)
            used += wide + (space if words else 0.0)
            words.append(word)
        made.append(_line(words, used, face))
        return made

    def _measure(self, word: str, face: Face, style: Style) -> float:
        return self.fonts.width(face, style.size, word) + style.tracking * len(word)

    def _fitting(self, word: str, face: Face, style: Style, width: float) -> int:
        used = 0.0
        for index, char in enumerate(word):
            used += self._measure(char, face, style)
            if used > width:
                return max(index, 1)
        return len(word)


class _Setting:
    """One paragraph that needs more than the family or another direction, character by character."""

    def __init__(self, setter: Typesetter, text: str, face: Face, style: Style) -> None:
        self._setter = setter
        self._text = text
        self._face = face
        self._style = style
        self._levels = bidi.levels(text) if bidi.needs_bidi(text) else (0,) * (len(text) + 1)
        glyphs = bidi.shaped(text) if any(self._levels) else list(text)
        self._cells = [
            self._cell(bidi.mirrored(char) if level % 2 else char)
            for char, level in zip(glyphs, self._levels, strict=False)
        ]

    def lines(self, width: float) -> list[TextLine]:
        made: list[TextLine] = []
        start, last_space, used, index = 0, -1, 0.0, 0
        while index < len(self._text):
            wide = self._cells[index][2]
            if self._text[index] == " ":
                last_space = index
            elif used + wide > width and index > start:
                end = last_space if last_space >= start else index
                made.append(self._line(start, end))
                start = end + 1 if end == last_space else end
                index, used, last_space = start, 0.0, -1
                continue
            used += wide
            index += 1
        made.append(self._line(start, len(self._text)))
        return made

    def _line(self, start: int, end: int) -> TextLine:
        order = bidi.visual_order(self._levels[start:end])
        runs: list[Run] = []
        for place in order:
            font, drawn, wide = self._cells[start + place]
            if runs and runs[-1].font == font:
                runs[-1] = Run(font, runs[-1].text + drawn, runs[-1].width + wide)
            elif drawn:
                runs.append(Run(font, drawn, wide))
        logical = self._text[start:end]
        same = "".join(run.text for run in runs) == logical
        return TextLine(tuple(runs), sum(run.width for run in runs), self._rightward, "" if same else logical)

    @cached_property
    def _rightward(self) -> bool:
        return self._levels[-1] % 2 == 0

    def _cell(self, drawn: str) -> tuple[str, str, float]:
        if not drawn or not is_drawn(drawn):
            return self._face.name, "", 0.0
        face = self._face if ord(drawn) in self._face.glyphs else self._setter.fonts.fallback(drawn)
        if face is None:
            self._setter.missing.add(drawn)
            drawn, face = self._placeholder()
        wide = self._setter.fonts.width(face, self._style.size, drawn) + self._style.tracking
        return face.name, drawn, wide

    def _placeholder(self) -> tuple[str, Face]:
        for char in PLACEHOLDERS:
            face = self._face if ord(char) in self._face.glyphs else self._setter.fonts.fallback(char)
            if face is not None:
                return char, face
        return PLACEHOLDERS[-1], self._face


def _plain(text: str, face: Face) -> bool:
    # A character that is not printable is a control or an unusual space, and the long way knows what to do with it.
    if text.isascii() or not text.isprintable():
        return text.isprintable()
    return all(map(face.glyphs.__contains__, map(ord, set(text)))) and not bidi.needs_bidi(text)


def _line(words: list[str], used: float, face: Face) -> TextLine:
    text = " ".join(words)
    return TextLine((Run(face.name, text, used),), used) if text else TextLine((), 0.0)
