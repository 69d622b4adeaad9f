"""A layout that breaks its line as words do: buttons, chips and filters keep their size and go on below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme import sizes


class FlowLayout(QLayout):
    """Items side by side, each as large as it asks to be, in as many lines as they take. ``beside`` is its owner's font."""

    def __init__(self, beside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(sizes(beside).s)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(height for _, height in lines) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Each in a line for itself."""
        hints = [item.minimumSize().boundedTo(item.sizeHint()) for item in self._shown()]
        return QSize(
            max((hint.width() for hint in hints), default=0), max((hint.height() for hint in hints), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() == Qt.LayoutDirection.RightToLeft
        top = rect.top()
        for line, height in self._lines(rect.width()):
            left = 0
            for item, size in line:
                x = rect.right() + 1 - left - size.width() if mirrored else rect.left() + left
                item.setGeometry(QRect(QPoint(x, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[tuple[list[tuple[QLayoutItem, QSize]], int]]:
        """Each line with the size of each item in it, and its height."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        room = 0
        for item in self._shown():
            size = item.sizeHint()
            if size.width() > width:
                tall = item.heightForWidth(width) if item.hasHeightForWidth() else size.height()
                size = QSize(width, tall)
            if not lines or size.width() > room:
                lines.append([])
                room = width
            lines[-1].append((item, size))
            room -= size.width() + self.spacing()
        return [(line, max(size.height() for _, size in line)) for line in lines]
