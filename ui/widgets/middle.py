"""The middle of a dialog: as high as what is in it while the screen has room for that, and else it scrolls.

So no dialog is higher than the screen at any text size, and its buttons stay where they are.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from ui.theme import sizes
from ui.widgets import on_screen


class MiddleArea(QScrollArea):
    """``wanting`` comes when what is in it needs another height than before."""

    wanting = Signal()

    LEAST_LINES = 3
    """Shown at least, on the smallest screen with the largest text."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(sizes(self).line * self.LEAST_LINES)
        self.setWidget(inside)

    def bare(self) -> None:
        """Show nothing of it but what is in it; the keyboard goes to that."""
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wish(self, width: int) -> int:
        """The height at which nothing scrolls, in pixels, when this is so wide."""
        inside = self.widget()
        if inside is None:
            return 0
        frame = 2 * self.frameWidth()
        return height_of(inside, width - frame) + frame

    def sizeHint(self) -> QSize:
        inside = self.widget()
        width = inside.sizeHint().width() if inside is not None else 0
        return QSize(width, self.wish(width))

    def minimumSizeHint(self) -> QSize:
        inside = self.widget()
        # What is in it wraps; what cannot wrap must not be cut, as nothing scrolls sideways.
        width = inside.minimumSizeHint().width() if inside is not None else 0
        beside = 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()
        return QSize(width + beside, self.minimumHeight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.wanting.emit()
        return done


def height_of(inside: QWidget, width: int) -> int:
    """The height in pixels that a widget needs for all that is in it, when it is so wide."""
    tall = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
    return max(tall, inside.minimumSizeHint().height())


def fit(dialog: QDialog, middle: MiddleArea, wide: int) -> None:
    """Make a dialog ``wide`` pixels wide and as high as everything in it needs, and never larger than its screen."""
    layout = dialog.layout()
    if layout is None:
        return
    room = on_screen.room(dialog)
    dialog.resize(min(wide, room.width()), dialog.height())
    layout.activate()
    width = dialog.width()
    all_of_it = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    besides = all_of_it - middle.sizeHint().height()
    dialog.resize(width, min(room.height(), besides + middle.wish(middle.width())))


def page_on(middle: MiddleArea, *, down: bool) -> None:
    """Scroll by what shows of it."""
    bar = middle.verticalScrollBar()
    bar.setValue(bar.value() + (bar.pageStep() if down else -bar.pageStep()))
