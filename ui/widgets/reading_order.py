"""Tab walks a page or a dialog as it is read: what it is about first, top down, then what can be done with it.

Pages are filled in turns and again later, and Qt lets Tab go in the order in which things were made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget


def put_in_order(root: QWidget) -> None:
    """Let Tab walk the widgets of a page or a dialog in the order of reading."""
    for before, after in pairwise(reading_order(root)):
        QWidget.setTabOrder(before, after)


def reading_order(root: QWidget) -> list[QWidget]:
    """What takes the keyboard now inside ``root``: as the layouts say it, where there is none from top to bottom."""
    found: list[QWidget] = []
    for child in as_read(root):
        if not child.isHidden():
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled() and child.focusProxy() is None:
                found.append(child)
            found += reading_order(child)
    return found


def bring_into_sight(widget: QWidget | None) -> None:
    """Let every sheet around a widget scroll to it. Qt asks only those around the widget that had the keyboard before."""
    above = widget.parentWidget() if widget is not None else None
    while above is not None and widget is not None:
        if isinstance(above, QScrollArea) and above.isAncestorOf(widget):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def as_read(widget: QWidget) -> list[QWidget]:
    """The children of a widget in the order of reading."""
    inside = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    layout = widget.layout()
    laid = list(_items(layout)) if layout is not None else []
    rest = [child for child in inside if child not in laid]
    # What comes last among the children is read last by a screen reader, wherever it is seen (``Page``).
    last = inside[-1:] if inside and inside[-1].property("read-last") else []
    return [*(child for child in laid if child not in last), *sorted(rest, key=_place), *last]


def _items(layout: QLayout) -> Iterator[QWidget]:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _items(inner)


def _place(widget: QWidget) -> tuple[int, int]:
    return widget.y(), widget.x()
