"""How much of the screen a window may take, so that its buttons are never outside it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyle, QWidget


def room(widget: QWidget) -> QSize:
    """The largest inside of a window on the screen of ``widget``: without panels, and without a frame and a title bar."""
    style = widget.style()
    frame = 2 * style.pixelMetric(QStyle.PixelMetric.PM_MdiSubWindowFrameWidth, None, widget)
    title = style.pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, widget)
    free = widget.screen().availableSize()
    return QSize(free.width() - frame, free.height() - frame - title)
