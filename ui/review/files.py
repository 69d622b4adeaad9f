"""Attached files leave the register only by being saved where the person says. Nothing opens them here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from ui.jobs import JobLane
from ui.page import Page
from ui.review import work
from ui.review.answers import safe_name


class FileKeeper(QObject):
    """Belongs to one page; its jobs run on the register lane."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._sha256 = ""
        self._dialog: QFileDialog | None = None

    def save(self, sha256: str, name: str) -> None:
        """Ask where, then write the file there."""
        self._sha256 = sha256
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._dialog = QFileDialog(self._page.window(), self.tr("Save a copy"), folder)
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.selectFile(safe_name(name))
        self._dialog.fileSelected.connect(self._on_chosen)
        self._dialog.open()

    def save_to(self, sha256: str, place: Path) -> None:
        """Write the file to ``place``."""
        handle = self._page.context.run(JobLane.REGISTER, work.save_file, sha256, place, owner=self._page)
        handle.done.connect(self._on_saved)

    def _on_chosen(self, path: str) -> None:
        self.save_to(self._sha256, Path(path))

    def _on_saved(self, place: Path) -> None:
        self._page.context.say(self.tr("Saved as {name}").format(name=place.name))
