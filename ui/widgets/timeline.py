"""What happened, in order: a line with one dot per act, who, when and what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Tone, colours, sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.labels import Label, quiet, strong
from ui.widgets.panels import Chip


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: ``title`` says what happened, ``who`` and ``when`` are ready to show, ``text`` is their own words."""

    title: str
    who: str = ""
    when: str = ""
    text: str = ""
    tone: Tone = Tone.NEUTRAL
    chip: str = ""


class Timeline(QWidget):
    """Newest wherever the caller puts it; the order given is the order shown."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._box = bare_column(self, 0)

    def set_moments(self, moments: Sequence[Moment]) -> None:
        clear(self._box)
        for number, moment in enumerate(moments):
            self._box.addWidget(_Entry(moment, first=number == 0, last=number == len(moments) - 1))
        self._box.addStretch(1)


class _Entry(QFrame):
    def __init__(self, moment: Moment, *, first: bool, last: bool) -> None:
        super().__init__()
        self._tone, self._first, self._last = moment.tone, first, last
        s = sizes(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(s.xl + s.s, s.s, 0, s.m)
        layout.setSpacing(s.xs)
        top = QHBoxLayout()
        top.setSpacing(s.s)
        top.addWidget(strong(moment.title), 1)
        if moment.chip:
            top.addWidget(Chip(moment.chip, moment.tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(top)
        line = " · ".join(part for part in (moment.who, moment.when) if part)
        if line:
            layout.addWidget(quiet(line))
        if moment.text:
            layout.addWidget(Label(moment.text))

    def paintEvent(self, event: QPaintEvent) -> None:
        c, s = colours(self.palette()), sizes(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = self.width() - s.l if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else s.l
        y = s.s + s.line / 2
        painter.setPen(QPen(c.hair, 2))
        if not self._first:
            painter.drawLine(QPointF(x, 0), QPointF(x, y))
        if not self._last:
            painter.drawLine(QPointF(x, y), QPointF(x, self.height()))
        painter.setPen(QPen(c.tone(self._tone).strong, 2))
        painter.setBrush(c.window if self._tone is Tone.NEUTRAL else c.tone(self._tone).strong)
        radius = max(4.0, s.line * 0.26)
        painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        painter.end()
