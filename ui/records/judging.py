"""Judging the record that is open: its signatures and what became of it, also with a statement of standing beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui import files
from ui.context import Context
from ui.jobs import JobHandle, JobLane
from ui.page import Page
from ui.records import paper_jobs
from ui.records.panel import SignaturePanel
from ui.records.paper_jobs import OpenedRecord

if TYPE_CHECKING:
    from intake.services.proving.verdicts import RecordVerdict, StatementJudged


class RecordJudging(QObject):
    """Fills the panel with what is found. Only the newest question is answered. ``refused`` brings a Refusal."""

    refused = Signal(object)

    def __init__(self, context: Context, panel: SignaturePanel, page: Page) -> None:
        super().__init__(page)
        self._context, self._panel, self._page = context, panel, page
        self._opened: OpenedRecord | None = None
        self._running: JobHandle[Any] | None = None

    def follow(self, opened: OpenedRecord | None) -> None:
        """From now on it is about this record; what runs about another is dropped."""
        self._drop()
        self._opened = opened

    def judge(self) -> None:
        if self._opened is None:
            return
        self._panel.setVisible(True)
        self._run(paper_jobs.judge, self._opened).done.connect(self._on_verdict)

    def ask_statement(self) -> None:
        """Have a statement of standing chosen, and judge the record with it."""
        files.ask_open(
            self._page,
            self.tr("Choose a statement of standing"),
            self.tr("Statements of standing (*.p7m)"),
            self._on_chosen,
        )

    def _on_chosen(self, path: str) -> None:
        if self._opened is not None:
            self._run(paper_jobs.judge_stated, self._opened, Path(path)).done.connect(self._on_stated)

    def _run(self, job: Any, *given: object) -> JobHandle[Any]:
        self._drop()
        self._panel.wait()
        running = self._context.run(JobLane.PAPER, job, self._context.readers, *given, owner=self._page)
        running.refused.connect(self._on_refused)
        running.failed.connect(self._on_ended)
        self._running = running
        return running

    def _on_verdict(self, verdict: RecordVerdict) -> None:
        self._running = None
        self._panel.set_verdict(verdict)

    def _on_stated(self, found: tuple[RecordVerdict, StatementJudged]) -> None:
        self._running = None
        self._panel.set_verdict(*found)

    def _on_refused(self, refusal: object) -> None:
        self._running = None
        self.refused.emit(refusal)

    def _on_ended(self, _: object) -> None:
        self._running = None

    def _drop(self) -> None:
        if self._running is not None:
            self._running.drop()
            self._running = None
