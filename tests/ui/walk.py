"""Looking at a tree of widgets the way a keyboard and a screen reader do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QScrollBar, QWidget


def focusable(root: QWidget) -> list[QWidget]:
    """The widgets of this tree that can take the keyboard now; Qt's own inner parts belong to their owners."""
    return [
        widget
        for widget in [root, *root.findChildren(QWidget)]
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(root)
        and widget.isEnabledTo(root)
        and widget.focusProxy() is None
        and not _inner(widget)
        and not widget.isWindow()
    ]


def nameless(root: QWidget) -> list[str]:
    """The focusable widgets a screen reader would have no name for."""
    everything = [root, *root.findChildren(QWidget)]
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in everything
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not _inner(widget)
        and not widget.isWindow()
        and not (isinstance(widget, QLabel) and not widget.text())
        and not _spoken_name(widget).strip()
    ]


def tab_order(root: QWidget) -> list[QWidget]:
    """The widgets Tab walks through, in its order."""
    wanted = set(focusable(root))
    order, widget = [], root
    while True:
        if widget in wanted:
            order.append(widget)
        following = widget.nextInFocusChain()
        if following is None or following is root:
            return order
        widget = following


def unreachable(root: QWidget) -> list[str]:
    """Focusable widgets that Tab never comes to."""
    walked = set(tab_order(root))
    return [type(widget).__name__ for widget in focusable(root) if widget not in walked]


def _spoken_name(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton):
        # Qt speaks a button's own words unless it was given a name.
        return widget.accessibleName() or widget.text()
    return widget.accessibleName()


def _inner(widget: QWidget) -> bool:
    parent = widget.parent()
    inside_field = isinstance(widget, QLineEdit) and isinstance(parent, QAbstractSpinBox | QComboBox)
    return inside_field or isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
