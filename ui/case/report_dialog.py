"""What somebody writes who reports that a commitment is met: words, and the files that show it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ui.widgets.boxes import clear
from ui.widgets.labels import quiet
from ui.widgets.links import LinkButton
from ui.widgets.reason_dialog import ReasonDialog

if TYPE_CHECKING:
    from intake.services.filing.committing import ReportFile


class ReportDialog(ReasonDialog):
    """``chosen`` carries the paths of files that are to be attached; who listens reads them and calls ``attach``."""

    chosen = Signal(object)

    def __init__(self, consequence: str, evidence: Sequence[str], parent: QWidget | None = None, *, text: str) -> None:
        # Named before the base class shows anything of it.
        super().__init__(
            self.tr("Report that it is met"),
            consequence,
            self.tr("&What was done, and how anybody can see it"),
            self.tr("Go on to sign"),
            parent,
            text=text,
        )
        self.files: tuple[ReportFile, ...] = ()
        if evidence:
            self.body.addWidget(quiet(self.tr("Shown by: {evidence}").format(evidence="; ".join(evidence))))
        self.add = LinkButton("", self.tr("Attach files…"))
        self.add.followed.connect(self._on_add)
        self.body.addWidget(self.add)
        self._listed = QVBoxLayout()
        self.body.addLayout(self._listed)

    def attach(self, files: Sequence[ReportFile]) -> None:
        """Files that were read; one of the same name takes the place of the one before."""
        names = {file.name for file in files}
        self.files = (*(file for file in self.files if file.name not in names), *files)
        self._list()

    def _list(self) -> None:
        clear(self._listed)
        for file in self.files:
            words = self.tr("{name}: take it out").format(name=file.name)
            link = LinkButton(file.name, words)
            link.followed.connect(self._on_out)
            self._listed.addWidget(link)

    def _on_out(self, name: str) -> None:
        self.files = tuple(file for file in self.files if file.name != name)
        self._list()
        self.add.setFocus()

    def _on_add(self, _: str) -> None:
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_selected)
        dialog.open()

    def _on_selected(self, names: Sequence[str]) -> None:
        self.chosen.emit(tuple(Path(name) for name in names))
