"""Layouts: columns and rows without margins, emptying one, and widgets side by side while there is room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from ui.theme import sizes

KEEPS_KEYBOARD = "keeps-keyboard"
"""The property of what has the keyboard while nothing in it does, as a page."""


def bare_column(widget: QWidget, spacing: int) -> QVBoxLayout:
    """Arrange the children of a widget one below the other, up to its edges."""
    box = QVBoxLayout(widget)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    return box


def bare_row(widget: QWidget, spacing: int) -> QHBoxLayout:
    """Lay the children of a widget out side by side, up to its edges."""
    box = QHBoxLayout(widget)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    return box


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and free it, layouts inside it too. What is gone is out of sight at once."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            keep_keyboard(widget)
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear(inner)
            inner.deleteLater()


def keep_keyboard(going: QWidget) -> None:
    """What goes away with the keyboard on it leaves that to its page; Qt would give it to the next thing of the window."""
    held: QWidget | None = going.window().focusWidget()
    if held is None or not (held is going or going.isAncestorOf(held)):
        return
    above = going.parentWidget()
    while above is not None and not above.property(KEEPS_KEYBOARD):
        above = above.parentWidget()
    if above is not None:
        above.setFocus(Qt.FocusReason.OtherFocusReason)


class SideBySide(QWidget):
    """Fill ``box``: side by side from the width of ``room`` on, one below the other when there is less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(sizes(self).l)

    def room(self) -> int:
        """The width that side by side needs."""
        raise NotImplementedError

    def minimumSizeHint(self) -> QSize:
        return QSize(sizes(self).chars(30), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            # Words inside became longer or shorter, and the width is the same.
            self._arrange()
        return done

    def _arrange(self) -> None:
        wide = self.width() >= self.room()
        self.box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class ButtonRow(SideBySide):
    """Buttons side by side, or one below the other when there is too little room."""

    def __init__(self, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons = buttons
        for button in buttons:
            self.box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        widest = max(button.minimumSizeHint().width() for button in self._buttons)
        return QSize(widest, super().minimumSizeHint().height())

    def room(self) -> int:
        space = self.box.spacing() * len(self._buttons)
        return sum(button.sizeHint().width() for button in self._buttons) + space
