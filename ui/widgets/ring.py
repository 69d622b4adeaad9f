"""The mark: a ring of two halves, left the CIO, right the CISO.

An open half is a thin line, a signed half a full stroke, a closed ring a decision. The same drawing serves as widget,
list cell and window icon; the words beside it are always given too, so nobody depends on seeing it.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import Colours, Tone, colours, sizes
from ui.widgets.tips import plain_tip
from ui.words.ring import Half, RingState, ring_words


def paint_ring(painter: QPainter, rect: QRectF, state: RingState, c: Colours) -> None:
    """Draw the ring as large as fits, centred in ``rect``; crisp from 12 pixels up."""
    side = min(rect.width(), rect.height())
    stroke = max(2.0, side * 0.15)
    inset = stroke / 2 + max(0.5, side * 0.03)
    box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
    box.adjust(inset, inset, -inset, -inset)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state.closed:
        # What is over is a thinner ring without the accent: it was a decision.
        painter.setPen(QPen(c.edge, max(1.6, stroke * 0.7)) if state.over or state.left else QPen(c.accent, stroke))
        painter.drawEllipse(box)
    else:
        # The gap between the halves is measured along the arc, so it looks the same at every size.
        gap = 16 if side >= 20 else 20
        _paint_half(painter, box, 90 + gap, 180 - 2 * gap, state.cio, stroke, c)
        _paint_half(painter, box, 270 + gap, 180 - 2 * gap, state.ciso, stroke, c)
    painter.restore()


def _paint_half(painter: QPainter, box: QRectF, start: int, span: int, half: Half, stroke: float, c: Colours) -> None:
    pen = QPen(_half_colour(half, c), stroke)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if half is Half.OPEN:
        pen.setWidthF(min(3.0, max(1.2, stroke * 0.38)))
    elif half in (Half.OUTDATED, Half.OTHER):
        pen.setWidthF(max(1.6, stroke * 0.7))
    painter.setPen(pen)
    # Different without its colour, too: a declined half is broken in two, one that asks for changes in three.
    pieces = {Half.DECLINED: 2, Half.SUSPENDS: 2, Half.CHANGES: 3, Half.OUTDATED: 3, Half.OTHER: 3}.get(half, 1)
    hole = {1: 0.0, 2: 34.0, 3: 14.0}[pieces]
    length = (span - hole * (pieces - 1)) / pieces
    for number in range(pieces):
        painter.drawArc(box, round((start + number * (length + hole)) * 16), round(length * 16))


def _half_colour(half: Half, c: Colours) -> QColor:
    match half:
        case Half.FILLED:
            return c.accent
        case Half.DECLINED | Half.SUSPENDS:
            return c.tone(Tone.BAD).strong
        case Half.CHANGES:
            return c.tone(Tone.WARN).strong
        case Half.OUTDATED | Half.OTHER | Half.OPEN:
            return c.edge


class Ring(QWidget):
    """The ring alone. Put its words beside it, or let it speak as tooltip and accessible name."""

    def __init__(self, state: RingState | None = None, parent: QWidget | None = None, *, lines: float = 2.0) -> None:
        """``lines``: the height, in lines of text."""
        super().__init__(parent)
        self._lines = lines
        self.set_state(state or RingState())

    @property
    def state(self) -> RingState:
        return self._state

    def set_state(self, state: RingState) -> None:
        self._state = state
        self.setAccessibleName(ring_words(state))
        self.setToolTip(plain_tip(ring_words(state)))
        self.update()

    def sizeHint(self) -> QSize:
        side = round(sizes(self).line * self._lines)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ring(painter, QRectF(self.rect()), self._state, colours(self.palette()))
        painter.end()


def ring_icon(state: RingState) -> QIcon:
    """The ring as an icon, redrawn in the colours of the moment."""
    return QIcon(_RingEngine(state))


class _RingEngine(QIconEngine):
    def __init__(self, state: RingState) -> None:
        super().__init__()
        self._state = state

    def clone(self) -> QIconEngine:
        return _RingEngine(self._state)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_ring(painter, QRectF(rect), self._state, colours(QGuiApplication.palette()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap
