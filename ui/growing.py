"""What is on screen follows a change of the size of text.

Screens take every distance from the height of a line (``ui.theme.Sizes``), mostly once, when they are built. So when that
height changes, whatever was set from it changes in proportion: own fonts, fixed and least sizes, margins, spaces, columns.
What was typed, chosen and scrolled to stays, because no widget is made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHeaderView, QLayout, QWidget

from ui.own_font import set_own_font

_ANY = 16_777_215
"""QWIDGETSIZE_MAX: no largest size was set."""

_SIZE_SET = 2
"""QFont::SizeResolved: the font says its own size."""

_HAIR = 2
"""Pixels up to which a margin is a hair line, or room for one, and no part of a line of text."""


@contextmanager
def growing(app: QApplication) -> Iterator[None]:
    """Around a change of the application's font: what was set from the old one follows in proportion."""
    line, points = QFontMetrics(app.font()).height(), app.font().pointSizeF()
    widgets = app.allWidgets()
    # The style sheet puts down its sizes after this, and is no part of it.
    own = [widget for widget in widgets if not widget.objectName().startswith("qt_")]
    fonts = [(widget, widget.font()) for widget in own if widget.font().resolveMask() & _SIZE_SET]
    yield
    factor = QFontMetrics(app.font()).height() / line
    for widget, font in fonts:
        set_own_font(widget, _larger(font, app.font().pointSizeF() / points))
    for widget in own:
        _grow(widget, factor)
        if isinstance(widget, QHeaderView):
            _grow_header(widget, factor)
    for widget in own:
        # What is arranged by the room there is has the same room, and other needs.
        if type(widget).__module__.startswith("ui."):
            app.postEvent(widget, QResizeEvent(widget.size(), widget.size()))


def _larger(font: QFont, factor: float) -> QFont:
    larger = QFont(font)
    larger.setPointSizeF(font.pointSizeF() * factor)
    return larger


def _grow(widget: QWidget, factor: float) -> None:
    least, most = widget.minimumSize(), widget.maximumSize()
    grown = QSize(*(_times(side, factor) for side in (least.width(), least.height())))
    limit = QSize(*(side if side >= _ANY else _times(side, factor) for side in (most.width(), most.height())))
    if widget.isWindow():
        # It would grow with its least size, also beyond the screen, where nobody reaches what is in it.
        grown = grown.boundedTo(widget.size())
    if grown != least or limit != most:
        # In between, the least size may be more than the largest.
        widget.setMaximumSize(_ANY, _ANY)
        widget.setMinimumSize(grown)
        widget.setMaximumSize(limit)
    margins = widget.contentsMargins()
    if not margins.isNull():
        widget.setContentsMargins(_times_margins(margins, factor))
    layout = widget.layout()
    if layout is not None:
        _grow_layout(layout, factor)


def _grow_layout(layout: QLayout, factor: float) -> None:
    layout.setContentsMargins(_times_margins(layout.contentsMargins(), factor))
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(_times(layout.horizontalSpacing(), factor))
        layout.setVerticalSpacing(_times(layout.verticalSpacing(), factor))
    elif layout.spacing() > 0:
        layout.setSpacing(_times(layout.spacing(), factor))
    for number in range(layout.count()):
        item = layout.itemAt(number)
        assert item is not None
        inner = item.layout()
        space = item.spacerItem()
        if inner is not None:
            _grow_layout(inner, factor)
        elif space is not None:
            wish, policy = space.sizeHint(), space.sizePolicy()
            space.changeSize(
                _times(wish.width(), factor),
                _times(wish.height(), factor),
                policy.horizontalPolicy(),
                policy.verticalPolicy(),
            )
    layout.invalidate()


def _grow_header(header: QHeaderView, factor: float) -> None:
    header.setMinimumSectionSize(_times(header.minimumSectionSize(), factor))
    if header.orientation() is Qt.Orientation.Vertical:
        header.setDefaultSectionSize(_times(header.defaultSectionSize(), factor))
        return
    for number in range(header.count()):
        if header.sectionResizeMode(number) is not QHeaderView.ResizeMode.Stretch:
            header.resizeSection(number, _times(header.sectionSize(number), factor))


def _times(pixels: int, factor: float) -> int:
    return pixels if pixels <= _HAIR else round(pixels * factor)


def _times_margins(margins: QMargins, factor: float) -> QMargins:
    return QMargins(
        _times(margins.left(), factor),
        _times(margins.top(), factor),
        _times(margins.right(), factor),
        _times(margins.bottom(), factor),
    )
