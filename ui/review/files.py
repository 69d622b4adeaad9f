"""Attached files leave the register: saved where the person says, or opened in the system's viewer. Never run by us."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from ui.jobs import Lane
from ui.page import Page
from ui.review import work
from ui.review.answers import can_be_shown, safe_name


class FileKeeper(QObject):
    """Belongs to one page; its jobs run on the register lane."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._sha256 = ""
        self._dialog: QFileDialog | None = None
        self._shown: tempfile.TemporaryDirectory[str] | None = None

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
        handle = self._page.context.run(Lane.REGISTER, work.save_file, sha256, place, owner=self._page)
        handle.done.connect(self._on_saved)

    def open(self, sha256: str, name: str) -> None:
        """Show a copy in the system's viewer; only kinds of files that cannot do anything."""
        if not can_be_shown(name):
            return
        if self._shown is None:
            self._shown = tempfile.TemporaryDirectory(prefix="countersign-", ignore_cleanup_errors=True)
        place = Path(self._shown.name) / f"{sha256[:8]} {safe_name(name)}"
        handle = self._page.context.run(Lane.REGISTER, work.save_file, sha256, place, owner=self._page)
        handle.done.connect(self._on_ready)

    def _on_chosen(self, path: str) -> None:
        self.save_to(self._sha256, Path(path))

    def _on_saved(self, place: Path) -> None:
        self._page.context.say(self.tr("Saved as {name}").format(name=place.name))

    def _on_ready(self, place: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))
