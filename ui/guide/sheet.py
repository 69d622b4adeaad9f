"""The scrolling sheet below every view of the guide. It scrolls to the widget that gets the focus."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from ui.theme import sizes
from ui.widgets.boxes import SideBySide
from ui.widgets.part_area import PartArea


class GuideView(PartArea):
    """Fill ``box``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        content = QWidget()
        self.box = QVBoxLayout(content)
        # Room for the ring around a focused field, and for the scroll bar.
        self.box.setContentsMargins(2, 2, s.l, s.l)
        self.box.setSpacing(s.l)
        self.setWidget(content)
        self._wanted: QWidget | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring_wanted)

    def to_top(self) -> None:
        self.scroller().verticalScrollBar().setValue(0)

    def shows(self, widget: QWidget) -> bool:
        """Whether the whole widget is in sight now."""
        content = self.widget()
        assert content is not None
        content.adjustSize()
        self.box.activate()
        seen = self.scroller().viewport()
        top = widget.mapTo(seen, QPoint(0, 0)).y()
        return top >= 0 and top + widget.height() <= seen.height()

    def lead_to(self, widget: QWidget) -> None:
        """Scroll until the widget begins at the top."""
        self.box.activate()
        content = self.widget()
        if content is not None:
            content.adjustSize()
            scroller = self.scroller()
            bar = scroller.verticalScrollBar()
            bar.setValue(bar.value() + widget.mapTo(scroller.viewport(), QPoint(0, 0)).y())

    def bring(self, widget: QWidget) -> None:
        """Scroll until the widget is in sight, with some air around it."""
        # Where things are is only known once the layout has settled, of a page just built a moment later.
        self.box.activate()
        self._show(widget)
        self._wanted = widget
        self._later.start()

    def _bring_wanted(self) -> None:
        widget, self._wanted = self._wanted, None
        if widget is not None and isValid(widget):
            self._show(widget)

    def _show(self, widget: QWidget) -> None:
        scroller = self.scroller()
        if self.gives_way and self.shows(widget):
            # The page begins at its top, with its name.
            return
        if widget.height() > scroller.viewport().height():
            self.lead_to(widget)
        else:
            scroller.ensureWidgetVisible(widget, 0, sizes(self).line * 4)


class Columns(SideBySide):
    """Two columns, the left one wider; one below the other when there is too little room, as with large text."""

    LEAST = 94

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box.setSpacing(sizes(self).xl)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self.box.addLayout(self.left, 3)
        self.box.addLayout(self.right, 2)

    def room(self) -> int:
        return sizes(self).chars(self.LEAST)


def walk(*widgets: QWidget) -> None:
    """Let Tab walk these in this order: what was made last does not have to come last."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
