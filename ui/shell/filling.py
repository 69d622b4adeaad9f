"""Filling a rectangle with a colour, for what is painted first."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter


def fill(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """As ``QPainter.fillRect``, which also takes gradients: called for the first time, it makes an enum of the names of 180."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)
