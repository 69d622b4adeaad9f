"""Copies of the listed records in a folder, with a manifest: asks where, shows how far it is, can be cancelled, says what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui import files
from ui.context import Context, Readers
from ui.formatting import number_words
from ui.jobs import JobLane, JobTask
from ui.register.list_fetch import ListWriting
from ui.theme import Tone
from ui.widgets.panels import NoticePanel
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.record_export import RecordsExported


def export(task: JobTask, session: Session, readers: Readers, listed: ListWriting, into: Path) -> RecordsExported:
    """Cancelling ends it before the next record; what was copied stays, with its manifest. Raises NotWritten and its kin."""
    from intake.services.lists.record_export import export_records
    from intake.services.proving.judge import by_register

    judge = by_register(readers.get(), task.is_cancelled)
    return export_records(session.installation, judge, listed.listed(), into, task.progress, task.is_cancelled)


class RecordsExport(QObject):
    """Lives with its page. ``notice`` belongs on it and says what became of the last one; ``refused`` why there was none."""

    refused = Signal(object)

    def __init__(self, context: Context, page: QWidget, progress: ProgressPanel) -> None:
        super().__init__(page)
        self._context, self._page, self._progress = context, page, progress
        self._listed: ListWriting | None = None
        self.notice = NoticePanel("", tone=Tone.GOOD)
        self.notice.setVisible(False)

    def ask(self, listed: ListWriting) -> None:
        """Ask for a folder; what is copied is what is listed now, whatever the page shows by then."""
        self._listed = listed
        files.ask_folder(self._page, self.tr("Copy the records into a new folder in"), self.begin)

    def begin(self, into: str) -> None:
        if self._listed is None:
            return
        self.notice.setVisible(False)
        handle = self._context.run(JobLane.PAPER, export, self._context.readers, self._listed, Path(into), owner=self)
        handle.done.connect(self._on_done)
        handle.refused.connect(self.refused)
        self._progress.follow(handle, self.tr("Copying the records"))

    def _on_done(self, found: RecordsExported) -> None:
        missing = len(found.lines) - found.copied
        title = self.tr("%Ln records copied", "", found.copied)
        if len(found.lines) < found.total:
            title = self.tr("Stopped after {done} of {total} records").format(
                done=number_words(len(found.lines)), total=number_words(found.total)
            )
        words = [
            self.tr("They are in “{folder}”, with a manifest, the acts that prove them and how to check both.").format(
                folder=found.folder
            )
        ]
        if missing:
            words.append(self.tr("%Ln have no copy; the manifest says why.", "", missing))
        whole = not missing and len(found.lines) == found.total
        self.notice.set_words(title, " ".join(words), Tone.GOOD if whole else Tone.WARN)
        self.notice.setVisible(True)
