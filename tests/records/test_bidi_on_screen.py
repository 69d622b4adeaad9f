"""A line reads on paper as it reads on the screen: our order of its characters against the toolkit's.

What somebody signs was read in a window. Two readings of one text would be two decisions.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontDatabase, QGlyphRun, QRawFont, QTextLayout
from PySide6.QtWidgets import QLabel

from intake.domain.base.visible import uncovered
from intake.domain.base.wording import shown
from intake.domain.terms.in_lines import condition_line
from intake.domain.terms.terms import Condition
from intake.records.editions.e1 import bidi
from ui.widgets.labels import Label

MARKS = "\u200b\u200d\u2060\u200e\u200f\u061c"
"""What is drawn as nothing: a break, joiners, marks of direction. Qt miscounts characters behind a soft hyphen, so it has a test
without Qt."""
ALPHABET = "ab אבגדבד 0123456789 ()[]{} .,:/+-%$#!?–\u0301\u05b0" + MARKS


@example("Delete after \u200f1\u200d9\u200f days")
@example("\u200f1\u20609\u200f a (ב 2) 3")
@example("א [1-2] ב, 3%")
@example("a (אב) [ג 1")
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=30))
@pytest.mark.attack("digits that the window and the pages show in another order", refusal="both show one order")
def test_a_line_reads_on_paper_as_on_the_screen(qapp: object, text: str) -> None:
    screen = _on_screen(text)

    assert _on_paper(text, screen) == screen


@example("\u200fAcme \u200fnot \u200fMallory")
@given(st.text(alphabet=ALPHABET, min_size=1, max_size=30))
@pytest.mark.attack("a value that a sentence on the screen turns around", refusal="it stands isolated in it")
def test_a_value_reads_in_a_sentence_of_the_screen_as_it_reads_alone_on_paper(qapp: object, text: str) -> None:
    said = shown(condition_line(Condition(date(2027, 1, 1), "ann", text), {}))
    begin = said.index(text)

    screen = [index - begin for index in _on_screen(said) if begin <= index < begin + len(text)]

    assert _on_paper(text, screen) == screen


@pytest.mark.parametrize("end", ["\n", "\u2028"])
@given(lines=st.lists(st.text(alphabet=ALPHABET, max_size=12).map(str.strip).filter(bool), min_size=2, max_size=3))
def test_each_line_of_a_label_reads_as_its_paragraph_on_paper(qapp: object, end: str, lines: list[str]) -> None:
    # As a label lays it out: as one paragraph, with soft line ends.
    said = QLabel.text(Label(end.join(lines))).replace("\n", "\u2028")
    order, begin = _on_screen(said), 0

    for line in map(uncovered, lines):
        begin = said.index(line, begin)
        screen = [index - begin for index in order if begin <= index < begin + len(line)]
        assert _on_paper(line, screen) == screen
        assert screen or all(map(_unseen, line))
        begin += len(line)


@example("\u200f1\u200d9")
@given(st.text(alphabet=ALPHABET + "\u00ad", min_size=1, max_size=30))
def test_what_is_drawn_as_nothing_and_has_no_direction_changes_nothing(text: str) -> None:
    levels = bidi.levels(text)
    rest = [index for index, char in enumerate(text) if bidi._kind(char) != "BN"]

    assert bidi.levels("".join(text[index] for index in rest)) == (*(levels[index] for index in rest), levels[-1])


def _on_paper(text: str, drawn: list[int]) -> list[int]:
    """The order in which the page has the characters that are drawn."""
    levels = bidi.levels(text)
    return [index for index in bidi.visual_order(levels[:-1]) if index in drawn]


def _on_screen(text: str) -> list[int]:
    """Which characters Qt draws with room of their own, line by line from left to right."""
    layout = QTextLayout(text, _font())
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(1e6)
        line.setPosition(QPointF(0, 100.0 * line.lineNumber() + 50))
    layout.endLayout()
    flags = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
    places: list[tuple[int, float, int]] = []
    for run in layout.glyphRuns(0, len(text), flags):
        indices, positions = QGlyphRun.stringIndexes(run), run.positions()
        places += [(int(at.y() // 100), at.x(), index) for index, at in zip(indices, positions, strict=True)]
    # A letter and what is joined to it are drawn at one place, and named by the letter.
    return [index for index in dict.fromkeys(index for *_, index in sorted(places)) if not _unseen(text[index])]


@cache
def _font() -> QFont:
    """One that has every letter: where fonts are mixed, Qt says wrongly which characters its glyphs belong to."""
    letters = [ord(char) for char in ALPHABET if not _unseen(char)]
    for family in QFontDatabase.families():
        font = QFont(family, 10)
        if all(map(QRawFont.fromFont(font).supportsCharacter, letters)):
            return font
    pytest.skip("no font here has Latin and Hebrew letters")


def _unseen(char: str) -> bool:
    return char in MARKS or bidi._kind(char) == "NSM"
