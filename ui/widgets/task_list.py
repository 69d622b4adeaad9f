"""The task list of a draft: sections in any order, each with one of few statuses in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Tone, colours, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import heading, strong_font
from ui.widgets.painted_button import PaintedButton
from ui.widgets.panels import paint_chip


@dataclass(frozen=True, slots=True)
class TaskItem:
    """One section: ``status`` is shown as a chip in ``tone``; a task that cannot be started yet is not ``enabled``."""

    key: str
    title: str
    hint: str
    status: str
    tone: Tone = Tone.NEUTRAL
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class TaskGroup:
    title: str
    items: tuple[TaskItem, ...]


class TaskList(QWidget):
    """``chosen`` carries the key of the task clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = bare_column(self, 0)
        self._rows: dict[str, _TaskRow] = {}
        self._outline: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def set_groups(self, groups: Sequence[TaskGroup]) -> None:
        """Show these groups; the row that has the focus keeps it."""
        outline = tuple((group.title, tuple(task.key for task in group.items)) for group in groups)
        if outline == self._outline:
            for group in groups:
                for task in group.items:
                    self._rows[task.key].set_task(task)
            return
        self._outline = outline
        focused = next((key for key, row in self._rows.items() if row.hasFocus()), None)
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._rows = {}
        for group in groups:
            if group.title:
                title = heading(group.title, 2)
                title.setContentsMargins(0, sizes(self).l, 0, sizes(self).s)
                self._box.addWidget(title)
            for task in group.items:
                row = _TaskRow(task)
                row.clicked.connect(self._on_clicked)
                self._rows[task.key] = row
                self._box.addWidget(row)
                # A layout shows what it was given only later, and what is not shown cannot take the keyboard.
                row.show()
        self._box.addStretch(1)
        if focused in self._rows:
            self._rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def row(self, key: str) -> QAbstractButton:
        return self._rows[key]

    def first(self) -> QAbstractButton:
        return next(iter(self._rows.values()))

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, _TaskRow):
            self.chosen.emit(sender.key)


class _TaskRow(PaintedButton):
    def __init__(self, task: TaskItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = task.key
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_task(task)

    def set_task(self, task: TaskItem) -> None:
        """Say how far this part is now."""
        self._task = task
        self._heights = {}
        self.setText(task.title)
        self.setEnabled(task.enabled)
        self.setCursor(Qt.CursorShape.PointingHandCursor if task.enabled else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{task.title}: {task.status}")
        self.setAccessibleDescription(task.hint)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sizes(self).chars(60), self.heightForWidth(sizes(self).chars(60)))

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(24), sizes(self).line)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Layouts ask over and over again.
        if width not in self._heights:
            self._heights[width] = self._height(width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._heights = {}

    def _height(self, width: int) -> int:
        s = sizes(self)
        room = self._room(width)
        title = self._wrapped(self._title_font(), self._task.title, room)
        hint = self._wrapped(self.font(), self._task.hint, room) if self._task.hint else 0
        below = s.line + s.xs if self._stacked(width) else 0
        return title + hint + below + 2 * s.m

    def _room(self, width: int) -> int:
        """How wide the words may be: beside the chip, or above it where that leaves too little."""
        s = sizes(self)
        return width - 2 * s.s if self._stacked(width) else width - self._chip_width() - s.xl - s.s

    def _stacked(self, width: int) -> bool:
        return width - self._chip_width() < sizes(self).chars(26)

    def _chip_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self._task.status) + 2 * sizes(self).m

    def _title_font(self) -> QFont:
        return strong_font(self.font())

    def _wrapped(self, font: QFont, text: str, width: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap)
        return QFontMetrics(font).boundingRect(0, 0, max(width, 1), 10_000, flags, text).height()

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        c, s = colours(self.palette()), sizes(self)
        self.paint_line(painter, rect, Qt.Edge.BottomEdge)
        width, stacked = self._chip_width(), self._stacked(self.width())
        top = rect.bottom() - s.m - s.line - s.xs if stacked else rect.center().y() - (s.line + s.xs) / 2
        left = rect.left() + s.s if stacked else rect.right() - width - s.s
        chip = QRectF(left, top, width, s.line + s.xs)
        room = self._room(self.width())
        font = self._title_font()
        title = QRectF(rect.left() + s.s, rect.top() + s.m, room, self._wrapped(font, self._task.title, room))
        wrap = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.setFont(font)
        painter.setPen(c.link if self.isEnabled() else c.disabled)
        painter.drawText(title, wrap, self._task.title)
        painter.setFont(self.font())
        if self._task.hint:
            painter.setPen(c.quiet)
            hint = QRectF(title.left(), title.bottom(), room, self._wrapped(self.font(), self._task.hint, room))
            painter.drawText(hint, wrap, self._task.hint)
        paint_chip(painter, chip, self._task.status, self._task.tone, self)
