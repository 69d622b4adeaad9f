"""Taking a record elsewhere: a copy where somebody wants it, or one for the system's own viewer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui import files
from ui.context import Context
from ui.jobs import JobLane
from ui.records import paper_jobs
from ui.records.paper_jobs import OpenedRecord


class RecordCopies(QObject):
    """Lives with its page. ``no_viewer`` when nothing on this computer opens a PDF."""

    no_viewer = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._opened: OpenedRecord | None = None
        self._folder: QTemporaryDir | None = None

    def ask_save(self, opened: OpenedRecord) -> None:
        """Ask where a copy shall be, and save it there."""
        self._opened = opened
        files.ask_save(
            self._page, self.tr("Save a copy of the record"), opened.name, "PDF (*.pdf)", self._save, suffix="pdf"
        )

    def open_outside(self, opened: OpenedRecord) -> None:
        """Open a copy in the system's viewer."""
        if self._folder is None:
            # Goes away with the page: what another program does to the copy is nobody's record.
            self._folder = QTemporaryDir()
        folder = Path(self._folder.path())
        handle = self._context.jobs.submit(JobLane.PAPER, paper_jobs.copy_for_viewer, opened, folder, owner=self)
        handle.done.connect(self._on_copied)

    def _save(self, path: str) -> None:
        if self._opened is not None:
            handle = self._context.jobs.submit(JobLane.PAPER, paper_jobs.save, self._opened, Path(path), owner=self)
            handle.done.connect(self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self._context.say(self.tr("Saved as {name}").format(name=path.name))

    def _on_copied(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.no_viewer.emit()
