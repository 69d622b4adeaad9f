"""A button that a screen draws by itself: a line that opens, a line of a list, a place of the navigation."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme import colours, sizes


class PaintedButton(QAbstractButton):
    """``paint`` draws it, again whenever the pointer comes or goes; what lines share is drawn by ``paint_line``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Draw everything; ``rect`` is the whole button."""
        raise NotImplementedError

    @property
    def hovered(self) -> bool:
        return self.underMouse() and self.isEnabled()

    def paint_line(self, painter: QPainter, rect: QRectF, hair: Qt.Edge | None) -> None:
        """The ground of a whole line: lit under the pointer, a hair to its neighbour at one edge, the ring of focus."""
        c = colours(self.palette())
        if self.hovered:
            painter.fillRect(rect, c.hover)
        painter.setPen(QPen(c.hair, 1))
        if hair is Qt.Edge.TopEdge:
            painter.drawLine(rect.topLeft(), rect.topRight())
        elif hair is Qt.Edge.BottomEdge:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self.paint_focus(painter, rect)

    def paint_focus(self, painter: QPainter, rect: QRectF) -> None:
        """The ring that says where the keyboard is; nothing without it."""
        if self.hasFocus():
            radius = sizes(self).radius
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours(self.palette()).accent, 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRectF(self.rect()))
        painter.end()
