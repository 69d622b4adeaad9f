"""A part of a page that scrolls by itself while the page has room for it, and with the page where that is low.

With large letters on a small screen a sheet that scrolls within another shows a few lines through two windows.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import LEAST_LINES, sizes
from ui.widgets.middle import height_of

LOW = "low"
"""The property of a page that is less high than its parts need to scroll by themselves."""


class PartArea(QScrollArea):
    """``wanting`` comes when it takes another height than before."""

    wanting = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gives_way = False
        self._least = LEAST_LINES
        self.setProperty("bare", True)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def set_least(self, lines: int) -> None:
        """What is seen of it at least while it scrolls by itself."""
        self._least = lines
        self._fit()

    @property
    def gives_way(self) -> bool:
        """Whether the page scrolls it, for it is as high as what is in it."""
        return self._gives_way

    def give_way(self, low: bool) -> None:
        """Let the page scroll (it is ``low``), or scroll by itself."""
        if low != self._gives_way:
            self._gives_way = low
            shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if low else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            self.setVerticalScrollBarPolicy(shown)
        self._fit()

    def scroller(self) -> QScrollArea:
        """What scrolls to something in it."""
        above = self.parentWidget() if self._gives_way else None
        while above is not None:
            if isinstance(above, QScrollArea):
                return above
            above = above.parentWidget()
        return self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._gives_way:
            # Qt would take a key that scrolls, and scroll nothing.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        above = self.parentWidget()
        while above is not None and above.property(LOW) is None:
            above = above.parentWidget()
        self.give_way(above is not None and bool(above.property(LOW)))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Qt hides it once more while it goes, when what Python kept of it is gone already.
        if "_least" in vars(self):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    @property
    def whole(self) -> bool:
        """Whether all that belongs in it is in it; until then the page does not become shorter under who reads it."""
        return True

    def _fit(self) -> None:
        least = sizes(self).line * self._least
        inside = self.widget()
        # One that is not shown must not make the others of its stack as high as itself.
        if self._gives_way and inside is not None and self.isVisible():
            edges, frame = self.viewportMargins(), 2 * self.frameWidth()
            wide = self.width() - frame - edges.left() - edges.right()
            least = max(least, height_of(inside, wide) + frame + edges.top() + edges.bottom())
        if least > self.minimumHeight() or (least < self.minimumHeight() and (self.whole or not self._gives_way)):
            self.setMinimumHeight(least)
            self.wanting.emit()
