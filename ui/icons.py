"""Icons that take the colour of the text around them, and are drawn again whenever they are shown.

An icon is an SVG of ``resources/icons`` drawn in black or ``currentColor``. Because the engine asks the application's
palette while painting, a change of theme needs no bookkeeping.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


def icon(name: str) -> QIcon:
    """The icon ``resources/icons/<name>.svg``. An icon that is not shipped is a plain square, never an error."""
    return QIcon(_SvgEngine(name))


def svg_pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """One icon in one colour; ``size`` in device-independent pixels."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour.name()).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    try:
        svg = resources.read(f"icons/{name}.svg")
    except resources.ResourceMissing:
        svg = _MISSING
    # Our icons are drawn in black; black is what takes the colour of the text.
    ink = colour.encode()
    return QSvgRenderer(QByteArray(svg.replace(b'"#000"', b'"' + ink + b'"').replace(b"currentColor", ink)))


_MISSING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
    b'stroke-width="1.8"><rect x="5" y="5" width="14" height="14" rx="3"/></svg>'
)


class _SvgEngine(QIconEngine):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatio()
        pixmap = svg_pixmap(self._name, side, _ink(mode), ratio)
        painter.drawPixmap(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, pixmap)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return svg_pixmap(self._name, min(size.width(), size.height()), _ink(mode))


def _ink(mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    if mode == QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    return palette.color(QPalette.ColorRole.WindowText)
