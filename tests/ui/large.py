"""Text at 200 %, and what has no room for its words then."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollArea,
    QScrollBar,
    QToolButton,
    QWidget,
)

from ui.theme import Theme
from ui.widgets.labels import Label
from ui.widgets.painted_button import PaintedButton


@pytest.fixture
def twice(theme: Theme, qapp: QApplication) -> Iterator[None]:
    """Text at 200 %."""
    before = qapp.font()
    larger = QFont(before)
    larger.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(larger)
    theme.set_scheme(theme.scheme)
    yield
    qapp.setFont(before)
    theme.set_scheme(theme.scheme)


def cut_off(root: QWidget) -> list[str]:
    """Words that do not have the room they need, and sheets that are wider than what shows of them."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QScrollArea):
            inside = widget.widget()
            if inside is not None and inside.minimumSizeHint().width() > widget.viewport().width():
                found.append(f"{type(widget).__name__} needs {inside.minimumSizeHint().width()}")
        elif isinstance(widget, QScrollBar):
            if widget.orientation() is Qt.Orientation.Horizontal and widget.maximum() > widget.minimum():
                found.append(f"{type(_scrolled(widget)).__name__} scrolls sideways")
        elif isinstance(widget, QLabel) and widget.text() and not (isinstance(widget, Label) and widget._elide):
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            if needed > widget.height() + 1 or widget.minimumSizeHint().width() > widget.width() + 1:
                found.append(f"“{widget.text()[:60]}” {widget.size()}")
        elif isinstance(widget, QAbstractButton) and widget.text() and not _shows_an_icon(widget):
            wanted = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
            # What draws its line itself shortens it, and has a tooltip.
            free = widget.hasHeightForWidth() or isinstance(widget, PaintedButton)
            wide = 0 if free else widget.sizeHint().width()
            if wanted > widget.height() + 1 or wide > widget.width() + 1:
                found.append(f"“{widget.text()[:60]}” {widget.size()}")
    return found


def scrolls_twice(root: QWidget) -> list[str]:
    """Sheets that scroll within a sheet that scrolls: who reads one sees a few lines of it through two windows.

    Lists and fields of text are none: they hold more than a sheet can.
    """
    found: list[str] = []
    for inner in root.findChildren(QScrollArea):
        above = inner.parentWidget()
        while above is not None and above is not root.parentWidget():
            if isinstance(above, QScrollArea) and _scrolls(above) and _scrolls(inner) and inner.isVisible():
                found.append(f"{type(inner).__name__} {inner.accessibleName()} in {type(above).__name__}")
            above = above.parentWidget()
    return found


def _scrolls(area: QScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > 0


def _scrolled(bar: QScrollBar) -> QObject | None:
    """The list or sheet that a scroll bar belongs to; Qt puts a container between them."""
    found = bar.parent()
    while found is not None and not isinstance(found, QAbstractScrollArea):
        found = found.parent()
    return found


def _shows_an_icon(button: QAbstractButton) -> bool:
    """Whether its words are for screen readers only."""
    only = Qt.ToolButtonStyle.ToolButtonIconOnly
    return isinstance(button, QToolButton) and button.toolButtonStyle() is only and not button.icon().isNull()
