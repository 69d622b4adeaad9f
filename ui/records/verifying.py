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
from ui.jobs import JobHandle, JobLane, JobTask
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


def begin(_: JobTask, session: Session, listed: ListWriting) -> RecordsChecked:
    """What there is to judge. Raises UnsearchableText."""
    from intake.services.lists.record_check import begin_check

    return begin_check(session.installation, listed.listed())


def go_on(task: JobTask, session: Session, readers: Readers, so_far: RecordsChecked) -> RecordsChecked:
    """Judge the next few. Cancelling ends it before the next record, and what was found is given. Raises ReaderNotStarted."""
    from intake.services.lists.record_check import check_on
    from intake.services.proving.judge import by_register

    judge = by_register(readers.get(), task.is_cancelled)
    return check_on(session.installation, judge, so_far, task.progress, task.is_cancelled)


@dataclass(frozen=True, slots=True)
class ReportWriting:
    """Writes what was found as a table. Raises NotWritten."""

    found: RecordsChecked

    def __call__(self, _: JobTask, __: Session, path: Path) -> int:
        from intake.services.lists.record_check import write_report

        return write_report(path, self.found)


class VerifyingReport(QWidget):
    """Hidden until something is found; ``opened`` carries the case of a record somebody wants to look at. ``file`` writes the report.

    The records are judged a few per job, so that what was found is shown meanwhile, and a record that is opened or signed
    does not wait for thousands of others.
    """

    opened = Signal(str)
    ended = Signal()

    def __init__(
        self, context: Context, progress: ProgressPanel, file: ListFile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._progress, self._file = context, progress, file
        self._found: RecordsChecked | None = None
        self._handle: JobHandle[RecordsChecked] | None = None
        self._named = 0
        self.save = QAction(self.tr("Save this &report…"), self)
        self.save.setToolTip(self.tr("A CSV table: each record that was judged, what was found and why"))
        self.save.triggered.connect(self._on_save)
        column = bare_column(self, 0)
        self.notice = NoticePanel("", tone=Tone.INFO, action=self.save)
        self._list = QWidget()
        self._links = bare_column(self._list, 0)
        self.notice.words.addWidget(self._list)
        self._more = Label("")
        self.notice.words.addWidget(self._more)
        column.addWidget(self.notice)
        self.setVisible(False)

    def begin(self, listed: ListWriting) -> None:
        if self._handle is not None:
            self._context.say(self.tr("The records chosen before are still being verified."))
            return
        self._found, self._named = None, 0
        clear(self._links)
        self._more.setVisible(False)
        self.setVisible(False)
        self._progress.follow(
            self._follow(self._context.run(JobLane.PAPER, begin, listed, owner=self)), self.tr("Verifying the records")
        )

    def _follow(self, handle: JobHandle[RecordsChecked]) -> JobHandle[RecordsChecked]:
        self._handle = handle
        handle.done.connect(self._on_some)
        handle.refused.connect(self._on_refused)
        handle.failed.connect(self._on_stopped)
        handle.cancelled.connect(self._on_stopped)
        return handle

    def _on_some(self, found: RecordsChecked) -> None:
        assert self._handle is not None
        self._found = found
        if found.left and not self._handle.task.cancelled:
            if found.done:
                so_far = self.tr("Verified so far: {done} of {total}")
                title = so_far.format(done=number_words(found.done), total=number_words(found.total))
                self._tell(found, title, Tone.INFO)
            more = self._context.run(JobLane.PAPER, go_on, self._context.readers, found, owner=self)
            self._progress.go_on(self._follow(more))
            return
        if found.left:
            title = self.tr("Stopped after {done} of {total} records").format(
                done=number_words(found.done), total=number_words(found.total)
            )
        else:
            title = self.tr("%Ln records verified", "", found.done)
        self._tell(found, title, Tone.WARN if found.left else Tone.GOOD)
        self._end()

    def _on_stopped(self, _: object = None) -> None:
        """Nothing came of the last job: what was found before it stays."""
        found = self._found
        if found is not None and found.done:
            title = self.tr("Stopped after {done} of {total} records")
            title = title.format(done=number_words(found.done), total=number_words(found.total))
            self._tell(found, title, Tone.WARN)
        self._end()

    def _tell(self, found: RecordsChecked, title: str, tone: Tone) -> None:
        """Say what was found; ``tone`` is that of records that all hold."""
        bad, unsure = found.failing, found.unsure
        words = [self.tr("%Ln hold", "", found.holding)]
        if bad:
            words.append(self.tr("do not rely on %Ln", "", bad))
        if unsure:
            words.append(self.tr("%Ln to look at", "", unsure))
        self.notice.set_words(title, " · ".join(words), Tone.BAD if bad else Tone.WARN if unsure else tone)
        look_at = found.look_at
        # Those named before stay as they are, with the keyboard on them.
        for item in look_at[self._named : SHOWN]:
            link = LinkButton(item.case, f"{item.reference}  {item.title}")
            link.followed.connect(self.opened)
            self._links.addWidget(link)
            self._links.addWidget(Label(item.words))
        self._named = min(len(look_at), SHOWN)
        more = len(look_at) - SHOWN
        self._more.setText(self.tr("%Ln more", "", max(more, 0)))
        self._more.setVisible(more > 0)
        self._list.setVisible(bool(look_at))
        self.save.setVisible(False)
        self.setVisible(True)

    def _end(self) -> None:
        self._handle = None
        self.save.setVisible(self._found is not None and bool(self._found.done))
        self.ended.emit()

    def _on_save(self) -> None:
        if self._found is not None:
            self._file.begin(ReportWriting(self._found), "records-verified")

    def _on_refused(self, refusal: Refusal) -> None:
        self.notice.tell(refusal)
        self.setVisible(True)
        self._end()
