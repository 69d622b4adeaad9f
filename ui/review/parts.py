"""Small building blocks of the screens about one use case: folds, facts, long foreign words, a scrolling sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QGridLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Tone, colours, sizes
from ui.widgets.labels import Label, heading_font, quiet
from ui.widgets.panels import paint_chip

LONG = 700
"""Characters of an answer shown at once; the rest is one click away."""


class Sheet(QScrollArea):
    """A column that scrolls, for one section of a page: ``clear``, fill ``box``, ``done``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self._holder = QWidget()
        self.clear()
        self.done()

    def clear(self) -> None:
        """Begin anew; what is added to ``box`` is laid out once, by ``done``."""
        s = sizes(self)
        self._holder = QWidget()
        self.box = QVBoxLayout(self._holder)
        self.box.setContentsMargins(0, s.l, s.m, s.l)
        self.box.setSpacing(s.l)

    def done(self) -> None:
        """Show what was added since ``clear``."""
        self.box.addStretch(1)
        self.setWidget(self._holder)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and free it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            empty(inner)
            inner.deleteLater()


class Beside(QWidget):
    """Children of equal width side by side, one below the other when there is too little room."""

    def __init__(self, children: Sequence[QWidget], *, least: int = 34, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self._least = s.chars(least) * len(children)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(s.l)
        for child in children:
            child.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._box.addWidget(child, 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(30), super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        wide = self.width() >= self._least
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class LongWords(QWidget):
    """Foreign text of any length: its beginning at once, all of it on demand."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._name = text, name
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes(self).xs)
        self.label = Label(shortened(text))
        layout.addWidget(self.label)
        self.more = QPushButton()
        self.more.setProperty("role", "link")
        self.more.setCheckable(True)
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.toggled.connect(self._show)
        self.more.setVisible(len(text) > LONG)
        layout.addWidget(self.more)
        self._words(shown=False)

    def _show(self, shown: bool) -> None:
        self.label.setText(self._text if shown else shortened(self._text))
        self._words(shown=shown)

    def _words(self, *, shown: bool) -> None:
        count = f"{len(self._text):,}"
        self.more.setText(self.tr("Show less") if shown else self.tr("Show all {count} characters").format(count=count))
        self.more.setAccessibleName(f"{self.more.text()}: {self._name}")


def shortened(text: str) -> str:
    """The beginning of a long text, cut between two words."""
    if len(text) <= LONG:
        return text
    cut = text[: LONG - 60]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > LONG // 2 else cut}…"


class Facts(QWidget):
    """Labels and values in two columns; values are foreign text."""

    def __init__(self, pairs: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(s.l)
        grid.setVerticalSpacing(s.s)
        grid.setColumnStretch(1, 1)
        for number, (label, value) in enumerate(pairs):
            name = quiet(label)
            name.setWordWrap(False)
            shown = Label(value)
            shown.setAccessibleName(f"{label}: {value}")
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, number, 1, Qt.AlignmentFlag.AlignTop)


class Fold(QWidget):
    """One line that opens. Fill ``box`` with what stands below; a chip may stand at the end of the line."""

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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.head = _FoldLine(title, chip, tone)
        self.head.setChecked(is_open)
        layout.addWidget(self.head)
        self.inside = QWidget()
        self.box = QVBoxLayout(self.inside)
        self.box.setContentsMargins(s.xl, s.xs, 0, s.m)
        self.box.setSpacing(s.s)
        self.inside.setVisible(is_open)
        layout.addWidget(self.inside)
        self._fill: Callable[[Fold], object] | None = None
        self.head.toggled.connect(self._on_toggled)

    def fill_when_opened(self, fill: Callable[[Fold], object]) -> None:
        """``fill(fold)`` makes what stands below, when it is first opened; it must not hold another widget."""
        self._fill = fill
        if self.head.isChecked():
            self._on_toggled(shown=True)

    def _on_toggled(self, shown: bool) -> None:
        if shown and self._fill is not None:
            fill, self._fill = self._fill, None
            fill(self)
        self.inside.setVisible(shown)


class _FoldLine(QAbstractButton):
    def __init__(self, title: str, chip: str, tone: Tone) -> None:
        super().__init__()
        self._chip, self._tone = chip, tone
        self.setText(title)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{title}: {chip}" if chip else title)
        self.setAccessibleDescription(self.tr("Opens and closes"))

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

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c, s = colours(self.palette()), sizes(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect().toRectF()
        if self.underMouse():
            painter.fillRect(rect, c.hover)
        painter.setPen(QPen(c.hair, 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        if self.hasFocus():
            painter.setPen(QPen(c.accent, 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), s.radius, s.radius)
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
        font = heading_font(self.font(), 3)
        font.setPointSizeF(self.font().pointSizeF())
        if not self.isChecked():
            font = self.font()
        painter.setFont(font)
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
        painter.end()


def stacked(*widgets: QWidget) -> QWidget:
    """Widgets one below the other; the last takes what height is left."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(sizes(holder).l)
    for widget in widgets:
        box.addWidget(widget, 1 if widget is widgets[-1] else 0)
    return holder
