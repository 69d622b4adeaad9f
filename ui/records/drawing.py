"""Drawing the pages of a record that are in sight, one after the other, the newest wish first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ui.context import Context
from ui.jobs import JobHandle, JobLane
from ui.records import paper_jobs
from ui.records.paper_jobs import OpenedRecord
from ui.records.paper_view import PaperView

if TYPE_CHECKING:
    from intake.services.proving.verdicts import Picture


class PageDrawing(QObject):
    """Gives the paper what it wants to show. Lives with its page; ``refused`` is why a page could not be drawn."""

    refused = Signal(object)

    AT_ONCE = 4
    """Wishes for pages that are remembered; who scrolls fast wants the last ones."""

    def __init__(self, context: Context, paper: PaperView, page: QObject) -> None:
        super().__init__(page)
        self._context = context
        self._paper = paper
        self._opened: OpenedRecord | None = None
        self._wishes: dict[int, int] = {}
        self._drawing: JobHandle[Picture] | None = None
        paper.wanted.connect(self._on_wanted)

    def show(self, opened: OpenedRecord) -> None:
        """Draw the pages of this record from now on."""
        self._opened = opened
        self._paper.set_pages(opened.pages)

    def clear(self) -> None:
        """Draw nothing any more, also not what is under way."""
        self._opened = None
        self._paper.set_pages(())
        self._wishes.clear()
        if self._drawing is not None:
            self._drawing.drop()
            self._drawing = None

    def _on_wanted(self, page: int, pixels: int) -> None:
        self._wishes.pop(page, None)
        self._wishes[page] = pixels
        while len(self._wishes) > self.AT_ONCE:
            oldest = next(iter(self._wishes))
            del self._wishes[oldest]
            self._paper.forget(oldest)
        self._draw()

    def _draw(self) -> None:
        if self._drawing is not None or not self._wishes or self._opened is None:
            return
        page, pixels = self._wishes.popitem()
        readers = self._context.readers
        self._drawing = self._context.jobs.submit(
            JobLane.PAPER, paper_jobs.draw, readers, self._opened, page, pixels, owner=self
        )
        self._drawing.done.connect(self._on_picture)
        self._drawing.refused.connect(self.refused)
        self._drawing.finished.connect(self._on_drawn)

    def _on_picture(self, made: Picture) -> None:
        picture = QImage(made.data, made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()
        self._paper.set_picture(made.page, picture)

    def _on_drawn(self) -> None:
        self._drawing = None
        self._draw()
