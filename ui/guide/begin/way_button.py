"""A way to begin, as one large button: what it is, what it is for, and what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.icons import svg_pixmap
from ui.theme import colours, sizes
from ui.widgets.labels import heading_font
from ui.widgets.painted_button import PaintedButton

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class WayButton(PaintedButton):
    """``note`` is of second rank below the text; ``key`` names the way. Space and Enter press it, arrows walk on."""

    def __init__(
        self, key: str, title: str, text: str, note: str = "", icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._words, self._note, self._icon = text, note, icon_name
        self.setText(title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(part for part in (text, note) if part))

    def set_note(self, note: str) -> None:
        if note != self._note:
            self._note = note
            self.setAccessibleDescription(" ".join(part for part in (self._words, note) if part))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        width = sizes(self).chars(44)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(20), sizes(self).line * 3)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(rect.height() + gap for rect, gap in self._laid(width)) + 2 * sizes(self).l

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        c, s = colours(self.palette()), sizes(self)
        radius = s.radius * 1.5
        focused = self.hasFocus()
        painter.setPen(QPen(c.accent if focused else c.hair, 2 if focused else 1))
        painter.setBrush(c.hover if self.hovered else c.card)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self._icon:
            side = round(s.line * 1.3)
            x = self.width() - s.l - side if rtl else s.l
            painter.drawPixmap(x, s.l, svg_pixmap(self._icon, side, c.accent, self.devicePixelRatioF()))
        fonts = (self._title_font(), self.font(), self.font())
        inks = (c.text if self.isEnabled() else c.quiet, c.text if self.isEnabled() else c.quiet, c.quiet)
        texts = (self.text(), self._words, self._note)
        top = s.l
        for (box, gap), font, ink, text in zip(self._laid(self.width()), fonts, inks, texts, strict=True):
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QRect(s.l if rtl else self._left(), top, box.width(), box.height()), _WRAP, text)
            top += box.height() + gap

    def _left(self) -> int:
        s = sizes(self)
        return s.l + (round(s.line * 1.3) + s.m if self._icon else 0)

    def _title_font(self) -> QFont:
        return heading_font(self.font(), 3)

    def _laid(self, width: int) -> Sequence[tuple[QRect, int]]:
        """The room each of the three texts takes, and the air below it."""
        s = sizes(self)
        room = max(s.chars(10), width - self._left() - s.l)
        made = []
        for text, font, gap in (
            (self.text(), self._title_font(), s.xs if self._words else 0),
            (self._words, self.font(), s.s if self._note else 0),
            (self._note, self.font(), 0),
        ):
            height = QFontMetrics(font).boundingRect(QRect(0, 0, room, 100_000), _WRAP, text).height() if text else 0
            made.append((QRect(0, 0, room, height), gap))
        return made


class Ways(QWidget):
    """Ways side by side in rows of equal height; fewer columns where there is too little room."""

    def __init__(self, columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = columns
        self._columns = 0
        self.buttons: tuple[WayButton, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(sizes(self).m)

    def set_ways(self, buttons: Sequence[WayButton]) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(buttons)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fitting = max(1, min(self._most, self.width() // sizes(self).chars(36)))
        # Rows are filled: two beside each other and a third alone below would look as if it did not belong.
        columns = next(count for count in range(fitting, 0, -1) if len(self.buttons) % count == 0)
        if columns == self._columns:
            return
        self._columns = columns
        for button in self.buttons:
            self._grid.removeWidget(button)
        for number, button in enumerate(self.buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
