"""One chapter to read: its words in lines of a good length, and where it comes from below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QHBoxLayout, QPushButton, QWidget

from ui.formatting import long_day, number_words
from ui.literacy.work import ChapterText
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.blocks import ScrolledSection
from ui.widgets.boxes import bare_column
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, heading, quiet
from ui.widgets.panels import Chip, action_button

LINE_LENGTH = 84
"""Characters of a line at most: longer ones are hard to read."""


class ChapterView(ScrolledSection):
    """``go_on`` is the action “I have read this”, ``back`` the one to the chapter before."""

    def __init__(self, go_on: QAction, back: QAction, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Chapter"))
        # Who reads with the keyboard scrolls with it; the button is past the words, where it is seen.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("reading", True)
        # Air between the words and the ring that shows where the keyboard is.
        s = sizes(self)
        self.setViewportMargins(s.m, s.xs, 0, s.xs)
        self._go_on = go_on
        self._back = back
        self.shown: ChapterText | None = None
        self.button: QPushButton | None = None

    def show_chapter(self, chapter: ChapterText, number: int, count: int, *, read: bool) -> None:
        s = sizes(self)
        self.shown = chapter
        self.clear()
        column = QWidget()
        column.setMaximumWidth(s.chars(LINE_LENGTH))
        box = bare_column(column, s.m)
        top = QHBoxLayout()
        top.addWidget(quiet(self.tr("Chapter {number} of {count}").format(number=number, count=count)), 1)
        top.addWidget(_chip(chapter, read=read))
        box.addLayout(top)
        box.addWidget(heading(chapter.title, 1))
        for paragraph in chapter.text:
            box.addWidget(Label(paragraph))
        if chapter.sources:
            fold = Fold(self.tr("Where it comes from"), number_words(len(chapter.sources)))
            for source in chapter.sources:
                fold.box.addWidget(Label(source.line))
                fold.box.addWidget(quiet(source.identifier))
            box.addWidget(fold)
        buttons = QHBoxLayout()
        buttons.setSpacing(s.m)
        self.button = action_button(self._go_on, primary=True)
        buttons.addWidget(self.button)
        buttons.addWidget(action_button(self._back))
        buttons.addStretch(1)
        box.addSpacing(s.s)
        box.addLayout(buttons)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(column, 1000)
        row.addStretch(1)
        self.box.addLayout(row)
        self.done()
        self.scroller().verticalScrollBar().setValue(0)

    def focus_first(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.scroller().verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space turns the page, as readers are used to, and at the end goes to the button."""
        bar = self.scroller().verticalScrollBar()
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
        elif bar.value() < bar.maximum():
            bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
        elif self.button is not None:
            self.button.setFocus(Qt.FocusReason.TabFocusReason)


def _chip(chapter: ChapterText, *, read: bool) -> Chip:
    words, tone = status(chapter, read=read)
    return Chip(words, tone)


def status(chapter: ChapterText, *, read: bool, brief: bool = False) -> tuple[str, Tone]:
    """How far this person is with a chapter, in words and tone; ``brief`` leaves out the day."""
    if chapter.signed is not None and brief:
        return ChapterTexts.tr("Signed"), Tone.GOOD
    if chapter.signed is not None:
        words = ChapterTexts.tr("Signed {day}")
        return words.format(day=long_day(chapter.signed.date())), Tone.GOOD
    if read:
        return ChapterTexts.tr("Read"), Tone.INFO
    return ChapterTexts.tr("To read"), Tone.NEUTRAL


class ChapterTexts(Texts):
    pass
