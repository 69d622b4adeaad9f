"""One line of the home page: a ring or an icon, what it is, why it is here, and a chip; the whole line is a button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import svg_pixmap
from ui.theme import Tone, colours, sizes
from ui.widgets.labels import LETTERS_CHANGE, heading, strong_font
from ui.widgets.links import LinkButton
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panels import Card, Chip, paint_chip
from ui.widgets.ring import paint_ring
from ui.widgets.tips import plain_tip
from ui.words.ring import RingState, ring_words


@dataclass(frozen=True, slots=True)
class Need:
    """Something that waits. ``place`` and ``argument`` are where it is dealt with; without a place it is the group ``argument`` of this
    page.
    """

    title: str
    hint: str
    place: str
    argument: object = None
    chip: str = ""
    tone: Tone = Tone.NEUTRAL
    ring: RingState | None = None
    icon: str = ""


class NeedsCard(Card):
    """A group of needs under a title, and how many there are. ``chosen`` carries the need clicked, ``wanted`` the ``key`` of a group of
    which only the first are shown.
    """

    chosen = Signal(object)
    wanted = Signal(str)

    def __init__(
        self, title: str, needs: tuple[Need, ...], count: int = 0, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = title
        top = QHBoxLayout()
        top.setSpacing(sizes(self).m)
        top.addWidget(heading(title, 2), 1)
        if count > 1:
            top.addWidget(Chip(str(count)), 0, Qt.AlignmentFlag.AlignTop)
        self.box.addLayout(top)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        self.lines: list[NeedLine] = []
        for number, need in enumerate(needs):
            line = NeedLine(need, first=number == 0)
            line.clicked.connect(self._on_clicked)
            self.lines.append(line)
            lines.addWidget(line)
        self.box.addLayout(lines)
        self.more: LinkButton | None = None
        if key:
            words = self.tr("Show all")
            self.more = LinkButton(key, words, name=f"{words}: {title}, {count or len(needs)}")
            self.more.followed.connect(self.wanted)
            self.box.addWidget(self.more)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, NeedLine):
            self.chosen.emit(sender.need)


class NeedLine(PaintedButton):
    def __init__(self, need: Need, *, first: bool) -> None:
        super().__init__()
        self.need = need
        self._first = first
        self._heights: dict[int, int] = {}
        self.setText(need.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        spoken = ", ".join(part for part in (need.title, need.chip, need.hint) if part)
        self.setAccessibleName(spoken)
        self.setAccessibleDescription(ring_words(need.ring) if need.ring is not None else "")
        self.setToolTip(plain_tip("\n".join(part for part in (need.title, need.hint) if part)))

    def sizeHint(self) -> QSize:
        s = sizes(self)
        return QSize(s.chars(50), s.line * (2 if self.need.hint else 1) + 2 * s.m)

    def hasHeightForWidth(self) -> bool:
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in LETTERS_CHANGE:
            self._heights.clear()

    def heightForWidth(self, width: int) -> int:
        """Nothing is cut off: what it is and why it is here go on in another line where one has no room for them.

        A page asks thirty times for each width.
        """
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = self._height(width)
        return found

    def _height(self, width: int) -> int:
        words = self._words(QRectF(0, 0, width, 0)).width()
        title = _wrapped_height(self.need.title, strong_font(self.font()), words)
        hint = _wrapped_height(self.need.hint, self.font(), words) if self.need.hint else 0
        below = 0 if self._beside(width) else self._chip_size().height() + sizes(self).s
        return max(title + hint + below + 2 * sizes(self).m, self.sizeHint().height())

    def _chip_size(self) -> QSize:
        s = sizes(self)
        return QSize(self.fontMetrics().horizontalAdvance(self.need.chip) + 2 * s.m, s.line + s.xs)

    def _beside(self, width: float) -> bool:
        """Whether the chip leaves the words enough room beside it; else it is below them."""
        s = sizes(self)
        left = width - s.line * 1.25 - s.l - 2 * s.s - self._chip_size().width() - s.xl
        return not self.need.chip or left >= s.chars(_ROOM)

    def _words(self, rect: QRectF) -> QRectF:
        """Where the words are, beside the mark and the chip."""
        s = sizes(self)
        room = s.line * 1.25 + s.s + s.l
        gap = self._chip_size().width() + s.xl if self.need.chip else 0.0
        below = 0.0
        if not self._beside(rect.width()):
            gap, below = 0.0, self._chip_size().height() + s.s
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return rect.adjusted(gap + s.s, s.m, -room, -s.m - below)
        return rect.adjusted(room, s.m, -gap - s.s, -s.m - below)

    def _chip_rect(self, rect: QRectF, words: QRectF, *, rtl: bool) -> QRectF:
        s, size = sizes(self), self._chip_size()
        if self._beside(rect.width()):
            left = rect.left() + s.s if rtl else rect.right() - size.width() - s.s
            return QRectF(left, rect.center().y() - size.height() / 2, size.width(), size.height())
        left = words.right() - size.width() if rtl else words.left()
        return QRectF(left, words.bottom() + s.s, size.width(), size.height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        c, s = colours(self.palette()), sizes(self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.paint_line(painter, rect, None if self._first else Qt.Edge.TopEdge)
        side = s.line * 1.25
        x = rect.right() - s.s - side if rtl else rect.left() + s.s
        mark = QRectF(x, rect.center().y() - side / 2, side, side)
        if self.need.ring is not None:
            paint_ring(painter, mark, self.need.ring, c)
        elif self.need.icon:
            pixmap = svg_pixmap(self.need.icon, round(side), c.quiet, self.devicePixelRatioF())
            painter.drawPixmap(mark.topLeft(), pixmap)
        words = self._words(rect)
        if self.need.chip:
            paint_chip(painter, self._chip_rect(rect, words, rtl=rtl), self.need.chip, self.need.tone, self)
        # The painter knows the direction of the widget: left is where a line begins.
        align = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.setFont(strong_font(self.font()))
        painter.setPen(c.text)
        vertical = Qt.AlignmentFlag.AlignTop if self.need.hint else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, align | vertical, _one_line(self.need.title))
        if self.need.hint:
            painter.setFont(self.font())
            painter.setPen(c.quiet)
            painter.drawText(words, align | Qt.AlignmentFlag.AlignBottom, _one_line(self.need.hint))


_ROOM = 32
"""So many letters of the words are to have room beside the chip."""


def _one_line(text: str) -> str:
    """What people wrote without their own ends of lines."""
    return " ".join(text.split())


def _wrapped_height(text: str, font: QFont, width: float) -> int:
    """How high a text is in lines of this width."""
    room = QRect(0, 0, max(1, int(width)), 1 << 20)
    return QFontMetrics(font).boundingRect(room, Qt.TextFlag.TextWordWrap, _one_line(text)).height()
