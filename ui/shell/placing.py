"""Where the window is: as large as it likes and the screen has room for, later where it was, and never out of sight."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

from ui.theme import sizes


def put(window: QWidget, kept: QByteArray | None, wish: QSize) -> None:
    """Put a window that is not shown yet where it was; without a place it had, as large as ``wish`` if the screen allows."""
    if kept is not None and window.restoreGeometry(kept):
        return
    # What a window manager draws around the window is known only afterwards; most draw about this.
    title = sizes(window).xl
    room = window.screen().availableGeometry().size()
    window.resize(wish.boundedTo(room - QSize(0, title)))


def keep_in_sight(window: QWidget) -> None:
    """Bring a shown window with its frame onto the screen: smaller if need be, and away from the edges."""
    if window.isMaximized() or window.isFullScreen():
        return
    room, frame = window.screen().availableGeometry(), window.frameGeometry()
    if room.contains(frame):
        return
    around = frame.size() - window.size()
    size = window.size().boundedTo(room.size() - around).expandedTo(window.minimumSize())
    window.resize(size)
    window.move(inside(QRect(frame.topLeft(), size + around), room))


def inside(frame: QRect, room: QRect) -> QPoint:
    """The upper left corner from which the frame lies in the room; at its corner when it is larger."""
    left = max(room.left(), min(frame.left(), room.right() + 1 - frame.width()))
    top = max(room.top(), min(frame.top(), room.bottom() + 1 - frame.height()))
    return QPoint(left, top)
