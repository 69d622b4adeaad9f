"""Pictures of widgets and windows, the same on every machine: offscreen, with the fonts we ship, in both themes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def grab(widget: QWidget, size: QSize | None = None) -> QImage:
    """The widget as it would look now; it need not be visible."""
    if size is not None:
        widget.resize(size)
    widget.ensurePolished()
    # Layouts settle by posted events: without these the first picture shows every label one line high.
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.sendPostedEvents()
    return widget.grab().toImage()


def is_blank(image: QImage) -> bool:
    """True when the picture has hardly more than one colour: nothing was painted."""
    step = max(1, image.width() // 64), max(1, image.height() // 64)
    seen = {image.pixel(x, y) for x in range(0, image.width(), step[0]) for y in range(0, image.height(), step[1])}
    return len(seen) < 4
