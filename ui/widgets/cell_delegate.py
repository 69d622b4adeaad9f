"""How a cell of a list is drawn and how wide it is: ring, chip or text, and below a name what has no column of its own now."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.theme import Colours, Tone, colours, sizes
from ui.widgets.paged_model import FOLDED_ROLE, QUIET_ROLE, RING_ROLE, TONE_ROLE, PagedModel
from ui.widgets.panels import paint_chip
from ui.widgets.ring import paint_ring
from ui.words.ring import RingState

NAME_LINES = 3
"""Lines that a name takes at most where it is too long for one."""

UNDER_LINES = 2
"""Lines that what is folded under a name takes where it is too long for one."""


class CellDelegate(QStyledItemDelegate):
    """Draws a cell: hair line below, a bar in the accent before the selected row, ring, chip or text."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        c = colours(view.palette())
        s = sizes(view)
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, c.selection)
            if index.column() == _first_shown(view):
                painter.fillRect(rect.x(), rect.y(), 4, rect.height(), c.accent)
        painter.setPen(c.hair)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = rect.adjusted(s.m, 0, -s.s, 0)
        ring = index.data(RING_ROLE)
        if isinstance(ring, RingState):
            side = s.line
            where = QRectF(box.x(), box.center().y() - side / 2 + 0.5, side, side)
            paint_ring(painter, where, ring, c)
            box.setLeft(box.left() + side + s.s)
        text = " ".join((index.data(Qt.ItemDataRole.DisplayRole) or "").split())
        folded = index.data(FOLDED_ROLE) or ""
        tone = index.data(TONE_ROLE)
        metrics = option.fontMetrics
        if tone and text:
            height = s.line + s.xs
            width = min(metrics.horizontalAdvance(text) + 2 * s.m, box.width())
            chip = QRectF(box.x(), box.center().y() - height / 2 + 0.5, width, height)
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(width - s.m))
            # Qt carries an enum of strings as its string.
            paint_chip(painter, chip, words, Tone(tone), view)
        elif folded or (text and _takes_lines(view, index.column(), box)):
            _paint_name(painter, box, text, folded, option.font, c, selected=selected)
        elif text:
            quiet_text = bool(index.data(QUIET_ROLE))
            painter.setPen(c.selected_text if selected else c.quiet if quiet_text else c.text)
            align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
            # One line, whatever was written: a foreign text with line breaks must not draw over its neighbours.
            painter.drawText(box, align, metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()))
        painter.restore()


def _first_shown(view: QTableView) -> int:
    return next((number for number in range(view.model().columnCount()) if not view.isColumnHidden(number)), 0)


def _takes_lines(view: QTableView, column: int, box: QRect) -> bool:
    """Whether the cell is that of a name, in a list whose rows have room for names of several lines."""
    model = view.model()
    names = isinstance(model, PagedModel) and not model.columns[column].width
    return names and box.height() >= 2 * QFontMetrics(view.font()).height()


def _paint_name(
    painter: QPainter, box: QRect, text: str, folded: str, font: QFont, c: Colours, *, selected: bool
) -> None:
    line = QFontMetrics(font).height()
    room = max(1, box.height() // line)
    lines = broken(text, font, box.width(), min(NAME_LINES, max(1, room - 1 if folded else room)))
    below = broken(folded, font, box.width(), max(1, min(UNDER_LINES, room - len(lines)))) if folded else []
    top = box.y() + (box.height() - line * (len(lines) + len(below))) // 2
    align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    for number, words in enumerate((*lines, *below)):
        painter.setPen(c.selected_text if selected else c.text if number < len(lines) else c.quiet)
        painter.drawText(QRect(box.x(), top, box.width(), line), align, words)
        top += line


def broken(text: str, font: QFont, width: int, most: int) -> list[str]:
    """A text in at most so many lines of this width; the last one ends with “…” where there would be more."""
    found, rest = _lines(text, font, width, most - 1)
    return [*found, QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _lines(text: str, font: QFont, width: int, most: int) -> tuple[list[str], str]:
    """At most so many full lines of a text, and what comes behind them, which may be longer than a line."""
    metrics = QFontMetrics(font)
    found: list[str] = []
    while text and len(found) < most and metrics.horizontalAdvance(text) > width:
        layout = QTextLayout(text, font)
        anywhere = QTextOption()
        anywhere.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(anywhere)
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(width)
        layout.endLayout()
        found.append(text[: first.textLength()].rstrip())
        text = text[first.textLength() :]
    return found, text


def cell_width(index: QModelIndex, view: QTableView) -> int:
    """The width in pixels a cell needs to show its words whole."""
    s = sizes(view)
    words = view.fontMetrics().horizontalAdvance(" ".join((index.data(Qt.ItemDataRole.DisplayRole) or "").split()))
    ring = s.line + s.s if isinstance(index.data(RING_ROLE), RingState) else 0
    chip = 2 * s.m if index.data(TONE_ROLE) else 0
    # The margins the delegate keeps, and a pixel for what rounding takes.
    return s.m + ring + words + chip + s.s + 1


def name_lines(index: QModelIndex, view: QTableView, width: int) -> int:
    """How many lines a name needs in a cell of this width, counted up to one more than it gets."""
    text = " ".join((index.data(Qt.ItemDataRole.DisplayRole) or "").split())
    besides = cell_width(index, view) - view.fontMetrics().horizontalAdvance(text)
    found, rest = _lines(text, view.font(), max(1, width - besides), NAME_LINES)
    return len(found) + bool(rest)


def under_width(index: QModelIndex, view: QTableView) -> int:
    """The width in pixels in which what is folded under a name has room in one line."""
    s = sizes(view)
    ring = s.line + s.s if isinstance(index.data(RING_ROLE), RingState) else 0
    return s.m + ring + view.fontMetrics().horizontalAdvance(index.data(FOLDED_ROLE) or "") + s.s + 1
