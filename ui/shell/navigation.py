"""The list of places at the side of the window, with a count where something waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.icons import svg_pixmap
from ui.shell.filling import fill
from ui.theme import Tone, colours, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import heading, strong_font
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panels import Chip, paint_chip
from ui.widgets.ring import Ring
from ui.widgets.tips import plain_tip
from ui.words.ring import Half, RingState

MANY = "999+"


class Navigation(QFrame):
    """``chosen`` carries the key of a place."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, sample: bool = False) -> None:
        super().__init__(parent)
        s = sizes(self)
        self.setAccessibleName(self.tr("Places"))
        # In the smallest window and the largest text the list of places scrolls.
        area = QScrollArea()
        area.setProperty("bare", True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        places = QWidget()
        area.setWidget(places)
        bare_column(self, 0).addWidget(area)
        self._box = QVBoxLayout(places)
        self._box.setContentsMargins(s.s, s.l, s.s, s.s)
        self._box.setSpacing(2)
        top = QHBoxLayout()
        top.setContentsMargins(s.s, 0, 0, s.m)
        top.setSpacing(s.m)
        top.addWidget(Ring(RingState(Half.FILLED, Half.FILLED), lines=1.5))
        name = heading("Countersign", 2)
        name.setWordWrap(False)
        top.addWidget(name, 1)
        self._top = top
        self._box.addLayout(top)
        if sample:
            chip = Chip(self.tr("Sample data"), Tone.WARN)
            chip.setToolTip(
                self.tr("Nothing here counts. People, keys and decisions are invented and made on this computer.")
            )
            self._box.addWidget(chip)
            self._box.addSpacing(s.s)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._marking = False
        self._told = False
        self._buttons: dict[str, _PlaceButton] = {}
        self._end = self._box.count()
        self._box.addStretch(1)

    def add(self, key: str, icon_name: str, action: QAction) -> None:
        """Followed by ``fit`` once all are there."""
        button = _PlaceButton(key, icon_name, action)
        button.toggled.connect(self._on_toggled)
        button.clicked.connect(self._on_clicked)
        self._group.addButton(button)
        self._buttons[key] = button
        self._box.insertWidget(self._box.count() - 1, button)

    def fit(self) -> None:
        """Be as wide as the longest name needs, so that large text leaves the page its room."""
        needed = max(button.sizeHint().width() for button in self._buttons.values())
        margins = self._box.contentsMargins()
        self.setFixedWidth(max(needed, self._top.sizeHint().width()) + margins.left() + margins.right())

    def mark(self, key: str) -> None:
        """Show which place the window is in."""
        self._marking = True
        button = self._buttons.get(key)
        checked = self._group.checkedButton()
        if button is not None:
            button.setChecked(True)
        elif checked is not None:
            # This place belongs to none of those listed here, so none of them is the current one.
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)
        self._marking = False

    def set_count(self, key: str, count: int) -> None:
        """How many things wait there; 0 shows nothing."""
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def buttons(self) -> Sequence[QAbstractButton]:
        return tuple(self._buttons.values())

    def _on_toggled(self, checked: bool) -> None:
        # Assistive technology marks a place without a click.
        sender = self.sender()
        if checked and not self._marking and isinstance(sender, _PlaceButton):
            self._told = True
            self.chosen.emit(sender.key)

    def _on_clicked(self) -> None:
        told, self._told = self._told, False
        sender = self.sender()
        if not told and isinstance(sender, _PlaceButton):
            self.chosen.emit(sender.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours(self.palette())
        painter = QPainter(self)
        fill(painter, self.rect(), c.nav)
        painter.setPen(QPen(c.hair, 1))
        edge = 0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 1
        painter.drawLine(edge, 0, edge, self.height())
        painter.end()


class _PlaceButton(PaintedButton):
    def __init__(self, key: str, icon_name: str, action: QAction) -> None:
        super().__init__()
        self.key = key
        self._icon = icon_name
        self._count = 0
        self.setText(action.text().replace("&", ""))
        self.setToolTip(
            plain_tip(f"{self.text()} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        )
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self._count = count
        name = self.text()
        self.setAccessibleName(self.tr("{place}, %Ln waiting", "", count).format(place=name) if count else name)
        self.update()

    def sizeHint(self) -> QSize:
        s = sizes(self)
        words = QFontMetrics(strong_font(self.font())).horizontalAdvance(self.text())
        count = self.fontMetrics().horizontalAdvance(MANY) + 2 * s.s
        return QSize(2 * s.m + s.icon + words + s.m + count + s.s, s.line + 2 * s.s)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        c, s = colours(self.palette()), sizes(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        whole, rect = rect, rect.adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(c.card)
            painter.drawRoundedRect(rect, s.radius, s.radius)
        elif self.hovered:
            painter.setBrush(c.hover)
            painter.drawRoundedRect(rect, s.radius, s.radius)
        if self.isChecked():
            painter.setBrush(c.accent)
            x = rect.right() - 3 if rtl else rect.left()
            painter.drawRoundedRect(QRectF(x, rect.top() + s.s, 3, rect.height() - 2 * s.s), 1.5, 1.5)
        self.paint_focus(painter, whole)
        side = s.icon
        pixmap = svg_pixmap(self._icon, side, c.text if self.isChecked() else c.quiet, self.devicePixelRatioF())
        left = rect.right() - s.m - side if rtl else rect.left() + s.m
        painter.drawPixmap(round(left), round(rect.center().y() - side / 2 + 0.5), pixmap)
        painter.setFont(strong_font(self.font()) if self.isChecked() else self.font())
        painter.setPen(c.text)
        gap = s.m * 2 + side
        words = rect.adjusted(s.s, 0, -gap, 0) if rtl else rect.adjusted(gap, 0, -s.s, 0)
        # The painter knows the direction of the widget: left is where a line begins.
        align = Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, align | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            text = str(self._count) if self._count < 1000 else MANY
            painter.setFont(self.font())
            width = self.fontMetrics().horizontalAdvance(text) + 2 * s.s
            height = s.line + 1.0
            x = rect.left() + s.s if rtl else rect.right() - width - s.s
            paint_chip(painter, QRectF(x, rect.center().y() - height / 2, width, height), text, Tone.INFO, self)
