"""Printing: the list as pages, and the record of one line, each opened in the system's own viewer, which prints.

The pages are a copy in a folder that goes with the page: what another program does to it is nobody's record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.records import paper_jobs
from ui.records.copies import RecordCopies
from ui.records.paper_jobs import OpenedRecord
from ui.register.list_fetch import ListWriting
from ui.widgets.progress_panel import ProgressPanel
from ui.words import cases

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


def set_list(
    task: JobTask, session: Session, listed: ListWriting, title: str, facts: Mapping[str, str]
) -> OpenedRecord:
    """The list as PDF. Raises UnsearchableText, TooLongToPrint or NothingToPrint."""
    from intake.services.lists.paper_list import pages_of

    def told(done: int, total: int, text: str) -> None:
        task.check()
        task.progress(done, total, text)

    pages = pages_of(session.installation, listed.listed(), title, facts, _in_words, told)
    return OpenedRecord("list.pdf", pages)


def _in_words(tier: str, phase: str) -> tuple[str, str]:
    return cases.tier_words(tier), cases.phase_words(phase)


class ListPrinting(QObject):
    """Lives with its page. ``no_viewer`` when nothing on this computer opens a PDF, ``refused`` why there are no pages."""

    no_viewer = Signal()
    refused = Signal(object)

    def __init__(self, context: Context, page: QWidget, progress: ProgressPanel) -> None:
        super().__init__(page)
        self._context, self._progress = context, progress
        self._copies = RecordCopies(context, page)
        self._copies.no_viewer.connect(self.no_viewer)

    def print_list(self, listed: ListWriting, title: str, facts: Mapping[str, str]) -> None:
        handle = self._context.run(JobLane.PAPER, set_list, listed, title, facts, owner=self)
        handle.done.connect(self._copies.open_outside)
        handle.refused.connect(self.refused)
        self._progress.follow(handle, self.tr("Setting the pages of the list"))

    def print_record(self, case: str) -> None:
        """The very file that its page shows."""
        handle = self._context.run(JobLane.PAPER, paper_jobs.open_case, self._context.readers, case, owner=self)
        handle.done.connect(self._copies.open_outside)
        handle.refused.connect(self.refused)
        self._progress.follow(handle, self.tr("Reading the record"))
