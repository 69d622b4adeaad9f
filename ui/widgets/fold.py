"""One line that opens: what is not needed at once is one key away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Tone, colours, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import strong_font
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panels import paint_chip


class Fold(QWidget):
    """One line that opens. Fill ``box`` with what it opens to; a chip may be at the end of the line."""

    def __init__(
        self,
        title: str,
        chip: str = "",
        tone: Tone = Tone.NEUTRAL,
        parent: QWidget | None = None,
        *,
        is_open: bool = False,
    ) -> None:
        super().__init__(parent)
        s = sizes(self)
        layout = bare_column(self, 0)
        self.head = _FoldLine(title, chip, tone)
        self.head.setChecked(is_open)
        layout.addWidget(self.head)
        self.inside = QWidget()
        self.box = QVBoxLayout(self.inside)
        self.box.setContentsMargins(s.xl, s.xs, 0, s.m)
        self.box.setSpacing(s.s)
        # Hidden, or left alone: a widget told to show itself before it has a parent is a window for a moment.
        if not is_open:
            self.inside.hide()
        layout.addWidget(self.inside)
        self._fill: Callable[[Fold], object] | None = None
        self.head.toggled.connect(self._on_toggled)

    def fill_when_opened(self, fill: Callable[[Fold], object]) -> None:
        """``fill(fold)`` makes the content when it is first opened; it must not hold another widget."""
        self._fill = fill
        if self.head.isChecked():
            self._on_toggled(shown=True)

    def set_words(self, title: str, chip: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """Change the words of the line; the content stays."""
        self.head.set_words(title, chip, tone)

    def _on_toggled(self, shown: bool) -> None:
        if shown and self._fill is not None:
            fill, self._fill = self._fill, None
            fill(self)
        self.inside.setVisible(shown)


class _FoldLine(PaintedButton):
    def __init__(self, title: str, chip: str, tone: Tone) -> None:
        super().__init__()
        self._chip, self._tone = chip, tone
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleDescription(self.tr("Opens and closes"))
        self.set_words(title, chip, tone)

    def set_words(self, title: str, chip: str, tone: Tone) -> None:
        self._chip, self._tone = chip, tone
        self.setText(title)
        self.setAccessibleName(f"{title}: {chip}" if chip else title)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        s = sizes(self)
        return QSize(s.chars(40), self.heightForWidth(s.chars(60)))

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(20), sizes(self).line)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        s = sizes(self)
        room = max(s.chars(12), width - s.xl - self._chip_width() - s.m)
        bounds = self.fontMetrics().boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(bounds.height(), s.line + s.xs) + 2 * s.s

    def _chip_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._chip) + 2 * sizes(self).m if self._chip else 0

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        c, s = colours(self.palette()), sizes(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.paint_line(painter, rect, Qt.Edge.TopEdge)
        # A small chevron, down when open.
        middle = s.s + (s.line + s.xs) / 2
        x = rect.right() - s.m if rtl else rect.left() + s.m
        size = s.line * 0.2
        painter.setPen(QPen(c.quiet, max(1.5, s.line * 0.09), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.save()
        painter.translate(x, middle)
        painter.rotate(90 if self.isChecked() else (180 if rtl else 0))
        painter.drawPolyline([QPointF(-size / 2, -size), QPointF(size / 2, 0), QPointF(-size / 2, size)])
        painter.restore()
        chip_width = self._chip_width()
        gap = chip_width + s.m if chip_width else 0
        words = rect.adjusted(gap, s.s, -s.xl, -s.s) if rtl else rect.adjusted(s.xl, s.s, -gap, -s.s)
        painter.setFont(strong_font(self.font()) if self.isChecked() else self.font())
        painter.setPen(c.text)
        # The painter knows the direction of the widget: left is where a line begins.
        align = Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), self.text())
        if self._chip:
            painter.setFont(self.font())
            left = rect.left() if rtl else rect.right() - chip_width
            chip = rect.adjusted(0, 0, 0, 0)
            chip.setRect(left, middle - (s.line + s.xs) / 2, chip_width, s.line + s.xs)
            paint_chip(painter, chip, self._chip, self._tone, self)
