"""Tab walks a page or a dialog as it is read: what it is about first, top down, then what can be done with it.

Pages are filled in turns and again later, and Qt lets Tab go in the order in which things were made.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QTabBar, QToolButton, QWidget


def go_on(window: QWidget, root: QWidget, *, forward: bool) -> bool:
    """Move the keyboard to the next stop of ``root`` in the order of reading, round and round; for ``focusNextPrevChild``.

    The chain that Qt keeps is not touched: where a field hands its focus on, ``setTabOrder`` leaves others out of it.
    """
    here: QWidget | None = window.focusWidget()
    # What is going out of sight hands the keyboard on as well; then nobody walks, and nothing scrolls.
    walks = here is None or here.isVisibleTo(window)
    stops = reading_order(root, here)
    if not stops:
        return False
    if here in stops:
        following = stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]
    else:
        following = stops[0 if forward else -1]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    if walks:
        bring_into_sight(following)
    return True


def reading_order(root: QWidget, here: QWidget | None = None) -> list[QWidget]:
    """What takes the keyboard now inside ``root``: as the layouts say it, where there is none from top to bottom.

    ``here`` is among them also when Tab would not come to it, as after a click.
    """
    found: list[QWidget] = []
    for child in as_read(root):
        if not child.isHidden():
            if child is here or (_stops(child) and child.isEnabled()):
                found.append(child)
            found += reading_order(child, here)
    return found


def _stops(child: QWidget) -> bool:
    # The arrows of a row of tabs are for a hand: the keyboard walks the tabs themselves, and the row follows.
    for_a_hand = isinstance(child, QToolButton) and isinstance(child.parentWidget(), QTabBar)
    tab = bool(child.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and child.focusProxy() is None and not for_a_hand


def bring_into_sight(widget: QWidget) -> None:
    """Let every sheet around a widget scroll to it. Qt asks only those around the widget that had the keyboard before."""
    above = widget.parentWidget()
    while above is not None:
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
