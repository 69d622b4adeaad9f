"""Attached files leave the register only by being saved where the person says. Nothing opens them here.

They are looked into as where files are attached, because the revision may have been signed with a changed program. What speaks
against one is shown at its row, and asked again before it is saved.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from ui.jobs import JobLane
from ui.page import Page
from ui.review import work
from ui.review.answers import safe_name
from ui.widgets.dialogs import ConfirmDialog

if TYPE_CHECKING:
    from intake.domain.acts.envelope import Attachment


class FileKeeper(QObject):
    """Belongs to one page; ``doubted`` carries what speaks against opening each file, when it was looked into."""

    doubted = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._wanted: Attachment | None = None
        self._known: dict[Attachment, str] = {}
        self._dialog: QFileDialog | None = None

    def look_into(self, files: Iterable[Attachment]) -> None:
        """Look into those of these files that were not looked into yet, behind what is being read."""
        left = tuple(file for file in files if file not in self._known)
        if left:
            handle = self._page.context.run(JobLane.PAPER, work.look_into, left, owner=self._page)
            handle.done.connect(self._on_looked_into)
        self.doubted.emit(self._known)

    def save(self, file: Attachment) -> None:
        """Say what speaks against it, ask where, then write the file there."""
        self._wanted = file
        if file in self._known:
            self._go_on()
        else:
            handle = self._page.context.run_before_dialog(JobLane.PAPER, work.look_into, (file,), owner=self._page)
            if handle is not None:
                handle.done.connect(self._on_looked_at)

    def save_to(self, sha256: str, place: Path) -> None:
        """Write the file to ``place``."""
        handle = self._page.context.run(JobLane.REGISTER, work.save_file, sha256, place, owner=self._page)
        handle.done.connect(self._on_saved)

    def _on_looked_into(self, found: dict[Attachment, str]) -> None:
        self._known |= found
        self.doubted.emit(self._known)

    def _on_looked_at(self, found: dict[Attachment, str]) -> None:
        self._on_looked_into(found)
        self._go_on()

    def _go_on(self) -> None:
        doubt = self._known.get(self._wanted, "") if self._wanted is not None else ""
        if not doubt:
            self._ask_where()
            return
        dialog = ConfirmDialog(self.tr("Save this file?"), doubt, self.tr("Save all the same"), self._page.window())
        dialog.accepted.connect(self._ask_where)
        dialog.open()

    def _ask_where(self) -> None:
        if self._wanted is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._dialog = QFileDialog(self._page.window(), self.tr("Save a copy"), folder)
        self._dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._dialog.selectFile(safe_name(self._wanted.name))
        self._dialog.fileSelected.connect(self._on_chosen)
        self._dialog.open()

    def _on_chosen(self, path: str) -> None:
        if self._wanted is not None:
            self.save_to(self._wanted.sha256, Path(path))

    def _on_saved(self, place: Path) -> None:
        self._page.context.say(self.tr("Saved as {name}").format(name=place.name))
