"""Judging the records of a list: how far it is, how many hold, and each that does not, with a way to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Context, Readers
from ui.formatting import number_words
from ui.jobs import JobLane, JobTask
from ui.register.list_fetch import ListWriting
from ui.register.list_file import ListFile
from ui.theme import Tone
from ui.widgets.boxes import bare_column, clear
from ui.widgets.labels import Label
from ui.widgets.links import LinkButton
from ui.widgets.panels import NoticePanel
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.lists.record_check import RecordsChecked

SHOWN = 20
"""Records with something to look at that are named; of more their number is said."""


def check(task: JobTask, session: Session, readers: Readers, listed: ListWriting) -> RecordsChecked:
    """Judge them. Cancelling ends it before the next record, and what was found is given. Raises ReaderNotStarted."""
    from intake.services.lists.record_check import check_records
    from intake.services.proving.judge import by_register

    judge = by_register(readers.get(), task.is_cancelled)
    return check_records(session.installation, judge, listed.listed(), task.progress, task.is_cancelled)


@dataclass(frozen=True, slots=True)
class ReportWriting:
    """Writes what was found as a table. Raises NotWritten."""

    found: RecordsChecked

    def __call__(self, _: JobTask, __: Session, path: Path) -> int:
        from intake.services.lists.record_check import write_report

        return write_report(path, self.found)


class VerifyingReport(QWidget):
    """Hidden until ``begin``; ``opened`` carries the case of a record somebody wants to look at. ``file`` writes the report."""

    opened = Signal(str)
    ended = Signal()

    def __init__(
        self, context: Context, progress: ProgressPanel, file: ListFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._progress, self._file = context, progress, file
        self._found: RecordsChecked | None = None
        self.save = QAction(self.tr("Save this &report…"), self)
        self.save.setToolTip(self.tr("A CSV table: each record that was judged, what was found and why"))
        self.save.triggered.connect(self._on_save)
        column = bare_column(self, 0)
        self.notice = NoticePanel("", tone=Tone.INFO, action=self.save)
        self._list = QWidget()
        self._links = bare_column(self._list, 0)
        self.notice.words.addWidget(self._list)
        column.addWidget(self.notice)
        self.setVisible(False)

    def begin(self, listed: ListWriting) -> None:
        self.setVisible(False)
        handle = self._context.run(JobLane.PAPER, check, self._context.readers, listed, owner=self)
        handle.done.connect(self.show_report)
        handle.refused.connect(self._on_refused)
        self._progress.follow(handle, self.tr("Verifying the records"))

    def show_report(self, found: RecordsChecked) -> None:
        self._found = found
        self.save.setVisible(bool(found.done))
        bad, unsure = found.failing, found.unsure
        tone = Tone.BAD if bad else Tone.WARN if unsure or found.done < found.total else Tone.GOOD
        title = self.tr("%Ln records verified", "", found.done)
        if found.done < found.total:
            title = self.tr("Stopped after {done} of {total} records").format(
                done=number_words(found.done), total=number_words(found.total)
            )
        words = [self.tr("%Ln hold", "", found.holding)]
        if bad:
            words.append(self.tr("do not rely on %Ln", "", bad))
        if unsure:
            words.append(self.tr("%Ln to look at", "", unsure))
        self.notice.set_words(title, " · ".join(words), tone)
        clear(self._links)
        for item in found.look_at[:SHOWN]:
            link = LinkButton(item.case, f"{item.reference}  {item.title}")
            link.followed.connect(self.opened)
            self._links.addWidget(link)
            self._links.addWidget(Label(item.words))
        more = len(found.look_at) - SHOWN
        if more > 0:
            self._links.addWidget(Label(self.tr("%Ln more", "", more)))
        self._list.setVisible(bool(found.look_at))
        self.setVisible(True)
        self.ended.emit()

    def _on_save(self) -> None:
        if self._found is not None:
            self._file.begin(ReportWriting(self._found), "records-verified")

    def _on_refused(self, refusal: Refusal) -> None:
        self.save.setVisible(False)
        self.notice.tell(refusal)
        clear(self._links)
        self.setVisible(True)
        self.ended.emit()
