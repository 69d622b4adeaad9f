"""Pages of a PDF, one below the other: asks for the pictures of the pages in sight, and paints what has come.

It knows nothing of PDF. ``wanted`` asks for a page so many pixels wide; its drawer answers with ``set_picture``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.theme import colours, sizes


class PaperView(QAbstractScrollArea):
    """``page_changed`` carries the number of the page in sight, from 0."""

    wanted = Signal(int, int)
    page_changed = Signal(int)
    zoomed = Signal(float)

    STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
    """Zoom, as parts of the width of the view."""
    KEPT = 12

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Pictures of pages. “Read as text” gives the same for a screen reader."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("paper", True)
        self._pages: tuple[tuple[float, float], ...] = ()
        self._zoom = 1.0
        self._pictures: OrderedDict[int, QImage] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._page = 0
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    @property
    def page(self) -> int:
        return self._page

    @property
    def zoom(self) -> float:
        return self._zoom

    def set_pages(self, pages: Sequence[tuple[float, float]]) -> None:
        """Start again with pages of these sizes, of any unit."""
        self._pages = tuple(pages)
        self._pictures.clear()
        self._asked.clear()
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def set_picture(self, page: int, picture: QImage) -> None:
        """The picture of a page; it is drawn as wide as the page, whatever it was made for."""
        self._pictures[page] = picture
        self._pictures.move_to_end(page)
        while len(self._pictures) > self.KEPT:
            gone, _ = self._pictures.popitem(last=False)
            self._asked.pop(gone, None)
        self.viewport().update()

    def forget(self, page: int) -> None:
        """Its picture will not come; ask again when the page is next in sight."""
        self._asked.pop(page, None)

    def has_picture(self, page: int) -> bool:
        return page in self._pictures

    def set_zoom(self, zoom: float) -> None:
        """Keeps the place that is in the middle of the view."""
        bar = self.verticalScrollBar()
        middle = (bar.value() + self.viewport().height() / 2) / max(1, self._height())
        self._zoom = min(max(zoom, self.STEPS[0]), self.STEPS[-1])
        self._asked.clear()
        self._lay_out()
        bar.setValue(round(middle * self._height() - self.viewport().height() / 2))
        self.viewport().update()
        self.zoomed.emit(self._zoom)

    def zoom_in(self) -> None:
        self.set_zoom(next((step for step in self.STEPS if step > self._zoom + 0.01), self.STEPS[-1]))

    def zoom_out(self) -> None:
        self.set_zoom(next((step for step in reversed(self.STEPS) if step < self._zoom - 0.01), self.STEPS[0]))

    def fit(self) -> None:
        self.set_zoom(1.0)

    def go_to(self, page: int) -> None:
        if self._pages:
            page = min(max(page, 0), len(self._pages) - 1)
            self.verticalScrollBar().setValue(round(self._rects()[page].top()) - self._gap())

    def sizeHint(self) -> QSize:
        s = sizes(self)
        return QSize(s.chars(80), s.line * 30)

    def _gap(self) -> int:
        return sizes(self).m

    def _rects(self) -> list[QRectF]:
        """Where each page is in the whole scroll, without the offset of the moment."""
        gap = self._gap()
        room = max(60, self.viewport().width() - 2 * gap)
        top = float(gap)
        rects = []
        for width, height in self._pages:
            across = room * self._zoom
            down = across * height / width
            left = max(gap, (self.viewport().width() - across) / 2)
            rects.append(QRectF(left, top, across, down))
            top += down + gap
        return rects

    def _height(self) -> float:
        rects = self._rects()
        return rects[-1].bottom() + self._gap() if rects else 0.0

    def _lay_out(self) -> None:
        rects = self._rects()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        view = self.viewport()
        height = rects[-1].bottom() + self._gap() if rects else 0
        vertical.setRange(0, max(0, round(height) - view.height()))
        vertical.setPageStep(max(1, round(view.height() * 0.9)))
        vertical.setSingleStep(sizes(self).line * 2)
        widest = max((rect.width() for rect in rects), default=0) + 2 * self._gap()
        horizontal.setRange(0, max(0, round(widest) - view.width()))
        horizontal.setPageStep(view.width())
        horizontal.setSingleStep(sizes(self).line)

    def _on_scrolled(self, value: int) -> None:
        middle = value + self.viewport().height() / 3
        page = next((number for number, rect in enumerate(self._rects()) if rect.bottom() >= middle), self._page)
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def _ask(self, page: int, width: float) -> None:
        pixels = round(width * self.devicePixelRatioF())
        if self._asked.get(page) != pixels:
            self._asked[page] = pixels
            self.wanted.emit(page, pixels)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._asked.clear()
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = colours(self.palette())
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), c.alternate)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for page, rect in enumerate(self._rects()):
            if rect.bottom() < top or rect.top() > bottom:
                continue
            # Paper stays white in both themes: it is a picture of what was signed.
            painter.fillRect(rect, Qt.GlobalColor.white)
            picture = self._pictures.get(page)
            if picture is not None:
                painter.drawImage(rect, picture)
            painter.setPen(QPen(c.hair, 1))
            painter.drawRect(rect)
            self._ask(page, rect.width())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match Qt.Key(event.key()):
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Space | Qt.Key.Key_PageDown:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case Qt.Key.Key_J:
                self.go_to(self._page + 1)
            case Qt.Key.Key_K:
                self.go_to(self._page - 1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y() > 0:
                self.zoom_in()
            else:
                self.zoom_out()
            event.accept()
            return
        super().wheelEvent(event)
