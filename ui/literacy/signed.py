"""The lasting page after a training record was signed: what it says, its digest, and what happens with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Context
from ui.exchange.delivery_line import DeliveryLine
from ui.formatting import long_day
from ui.icons import svg_pixmap
from ui.literacy.work import SignedRecord
from ui.theme import Tone, colours, sizes
from ui.widgets.blocks import ScrolledSection
from ui.widgets.labels import Label, digest, heading, quiet, strong
from ui.widgets.panels import ActionButton, Card, action_button, own_size_button


class SignedView(ScrolledSection):
    """``who`` shows who else has read the chapters."""

    copied = Signal()

    def __init__(self, context: Context, who: QAction, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Training record"))
        self._context, self._who = context, who
        self.shown: SignedRecord | None = None

    def show_record(self, record: SignedRecord) -> None:
        s = sizes(self)
        self.shown = record
        self.clear()
        card = Card(horizontal=True)
        card.box.setSpacing(s.xl)
        card.box.addWidget(_Mark(), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(s.s)
        words.addWidget(heading(self.tr("Your training record is signed"), 1))
        line = self.tr("{name}, {day}").format(name=record.name, day=long_day(record.at.date()))
        words.addWidget(quiet(line))
        number = QHBoxLayout()
        number.setSpacing(s.s)
        label = quiet(self.tr("Signed act (SHA-256)"))
        label.setWordWrap(False)
        number.addWidget(label)
        number.addWidget(digest(record.act))
        copy = own_size_button(self.tr("Copy"), name=self.tr("Copy the SHA-256 of the signed act"), role="link")
        copy.clicked.connect(self._on_copy)
        number.addWidget(copy)
        number.addStretch(1)
        words.addLayout(number)
        card.box.addLayout(words, 1)
        self.box.addWidget(card)
        self.box.addWidget(DeliveryLine(self._context, ""))
        self.box.addWidget(heading(self.tr("What you acknowledged"), 2))
        chapters = QVBoxLayout()
        chapters.setSpacing(s.xs)
        for title in record.titles:
            chapters.addWidget(Label(title))
        self.box.addLayout(chapters)
        self.box.addWidget(heading(self.tr("What happens next"), 2))
        for count, step in enumerate(self._steps(), start=1):
            row = QHBoxLayout()
            row.setSpacing(s.m)
            mark = strong(f"{count}.")
            mark.setWordWrap(False)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(step), 1)
            self.box.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(s.m)
        buttons.addWidget(action_button(self._who, primary=True))
        buttons.addStretch(1)
        self.box.addLayout(buttons)
        self.done()

    def focus_first(self) -> None:
        button = next((item for item in self.findChildren(ActionButton) if item.follows(self._who)), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _steps(self) -> tuple[str, ...]:
        return (
            self.tr("An approval for scaled use that asks for trained people counts on it."),
            self.tr("When the playbook changes a chapter, only that chapter has to be read again."),
        )

    def _on_copy(self) -> None:
        if self.shown is not None:
            QGuiApplication.clipboard().setText(self.shown.act)
            self.copied.emit()


class _Mark(QWidget):
    """The tick, in the colour of the theme of the moment."""

    def __init__(self) -> None:
        super().__init__()
        side = sizes(self).line * 3
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = colours(self.palette()).tone(Tone.GOOD).strong
        painter = QPainter(self)
        painter.drawPixmap(0, 0, svg_pixmap("check", self.width(), ink, self.devicePixelRatioF()))
        painter.end()
