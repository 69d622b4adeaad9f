"""A record as text, for people who cannot see its pages or want to search and copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from ui.context import Context
from ui.jobs import JobLane
from ui.records import paper_jobs
from ui.records.paper_jobs import OpenedRecord


class RecordText(QPlainTextEdit):
    """Read when it is first wanted. ``refused`` is why it could not be."""

    refused = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("The record as text"))

    def read(self, opened: OpenedRecord) -> None:
        readers = self._context.readers
        handle = self._context.jobs.submit(JobLane.PAPER, paper_jobs.read, readers, opened, owner=self)
        handle.done.connect(self._on_text)
        handle.refused.connect(self.refused)

    def _on_text(self, pages: Sequence[str]) -> None:
        parts = []
        for number, text in enumerate(pages, start=1):
            parts.append(self.tr("Page {page} of {count}").format(page=number, count=len(pages)))
            parts.append(text or self.tr("This page has no text."))
        self.setPlainText("\n\n".join(parts))
