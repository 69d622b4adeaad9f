"""What is signed about commitments on the page of a use case: reports, confirmations, and reports that are sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from intake.domain.base.canonical import sha256
from intake.domain.base.directions import isolated
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import shown as said
from intake.domain.case.naming import shown
from intake.domain.case.next_verbs import ActWay
from intake.domain.case.writing import REPORTED, RETURNED
from ui.case import commitment_work as work
from ui.case.commitments import CommitmentsCard
from ui.case.report_dialog import ReportDialog
from ui.case.work import CaseFacts
from ui.case_signer import CaseSigner
from ui.context import Context
from ui.formatting import day_words
from ui.jobs import JobLane
from ui.page import Page
from ui.review.unsigned import UnsignedKeeper
from ui.texts import filled
from ui.widgets.dialogs import show_refusal
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing_sheet import SignedLine, Subject

if TYPE_CHECKING:
    from intake.services.deciding.commitment_lines import CommitmentLine
    from intake.services.filing.committing import ReportFile


class CommitmentSigning(CaseSigner):
    """``keeper`` keeps what is written of a report, or of sending one back, until it is signed."""

    def __init__(self, context: Context, keeper: UnsignedKeeper, page: Page) -> None:
        super().__init__(context, page)
        self._keeper = keeper
        self._sheet: CaseFacts | None = None
        self._line: CommitmentLine | None = None
        self.asking: ReasonDialog | None = None
        self.report = page.add_action(
            self.tr("Report that it is met…"),
            self._on_report,
            tip=self.tr("The commitment that is yours to meet next"),
        )
        self.confirm = page.add_action(
            self.tr("Confirm the report…"), self._on_confirm, tip=self.tr("A commitment that your office asked for")
        )
        self.send_back = page.add_action(
            self.tr("Send the report back…"), self._on_return, tip=self.tr("What is missing, in a sentence")
        )

    @property
    def ways(self) -> Mapping[ActWay, QAction]:
        return {ActWay.REPORT: self.report, ActWay.CONFIRM: self.confirm}

    def follow(self, sheet: CaseFacts | None) -> None:
        """From now on it is about this use case."""
        self._sheet = sheet
        self.report.setEnabled(self._first(lambda item: item.may_report) is not None)
        self.confirm.setEnabled(self._first(lambda item: item.may_confirm) is not None)
        self.send_back.setEnabled(self._first(lambda item: item.may_return) is not None)

    def card(self) -> CommitmentsCard | None:
        """The list of what is committed to; None where nothing is."""
        sheet = self._sheet
        if sheet is None or not sheet.commitments:
            return None
        card = CommitmentsCard(sheet.commitments, sheet.today)
        card.reporting.connect(self.ask_report)
        card.confirming.connect(self.ask_confirmation)
        card.returning.connect(self.ask_return)
        return card

    def _first(self, may: Callable[[CommitmentLine], bool]) -> CommitmentLine | None:
        """The commitment that leads the page, where this may be done with it; else the first with which it may."""
        lines = [item for item in self._sheet.commitments if may(item)] if self._sheet is not None else []
        leading = self._sheet.next.commitment if self._sheet is not None else ""
        return next((item for item in lines if item.asked.id == leading), lines[0] if lines else None)

    def _on_report(self) -> None:
        if (item := self._first(lambda one: one.may_report)) is not None:
            self.ask_report(item.asked.id)

    def _on_confirm(self) -> None:
        if (item := self._first(lambda one: one.may_confirm)) is not None:
            self.ask_confirmation(item.asked.id)

    def _on_return(self) -> None:
        if (item := self._first(lambda one: one.may_return)) is not None:
            self.ask_return(item.asked.id)

    def _take(self, name: str) -> CommitmentLine | None:
        lines = self._sheet.commitments if self._sheet is not None else ()
        self._line = next((item for item in lines if item.asked.id == name), None)
        return self._line

    # ------------------------------------------------------------------------------------------------------ asking
    def ask_report(self, name: str) -> None:
        item = self._take(name)
        if item is None:
            return
        dialog = ReportDialog(
            f"{item.asked.text}\n{self.tr('An office confirms it, or sends it back with a reason.')}",
            item.asked.evidence,
            self._page.window(),
            text=self._keeper.words(f"{REPORTED}{name}"),
        )
        dialog.written.connect(self._on_report_written)
        dialog.chosen.connect(self._on_chosen)
        dialog.given.connect(self._on_reported)
        self.asking = dialog
        dialog.open()

    def ask_return(self, name: str) -> None:
        item = self._take(name)
        if item is None:
            return
        self.asking = ReasonDialog(
            self.tr("Send the report back"),
            f"{item.asked.text}\n{self.tr('The commitment is open again at once, and its owner reads why.')}",
            self.tr("&What is missing"),
            self.tr("Go on to sign"),
            self._page.window(),
            text=self._keeper.words(f"{RETURNED}{name}"),
        )
        self.asking.written.connect(self._on_return_written)
        self.asking.given.connect(self._on_returned)
        self.asking.open()

    def _on_report_written(self, text: str) -> None:
        if self._line is not None:
            self._keeper.write(f"{REPORTED}{self._line.asked.id}", text)

    def _on_return_written(self, text: str) -> None:
        if self._line is not None:
            self._keeper.write(f"{RETURNED}{self._line.asked.id}", text)

    def _on_chosen(self, paths: object) -> None:
        handle = self._context.run(JobLane.PAPER, work.read_files, paths, owner=self._page)
        handle.done.connect(self._on_read)
        handle.refused.connect(self._on_unreadable)

    def _on_read(self, files: tuple[ReportFile, ...]) -> None:
        if isinstance(self.asking, ReportDialog):
            self.asking.attach(files)

    def _on_unreadable(self, refusal: Refusal) -> None:
        show_refusal(refusal, self.asking or self._page)

    # ----------------------------------------------------------------------------------------------------- signing
    def _on_reported(self, text: str) -> None:
        sheet, item = self._sheet, self._line
        if sheet is None or item is None:
            return
        files = self.asking.files if isinstance(self.asking, ReportDialog) else ()
        lines = [SignedLine(self.tr("Report"), text)]
        lines += [SignedLine(self.tr("File"), file.name) for file in files]
        grounds = tuple(SignedLine(file.name, sha256(file.data), is_digest=True) for file in files)
        subject = self._subject(
            self.tr("Report that it is met"),
            self.tr("An office confirms it, or sends it back with a reason."),
            self.tr("Sign and report"),
            lines,
            grounds,
        )
        self.sign_about(
            sheet.case,
            subject,
            work.check_reporting,
            work.report,
            item.asked.id,
            text,
            files,
            shown(sheet.state),
            said=self.tr("Reported"),
        )

    def ask_confirmation(self, name: str) -> None:
        sheet, item = self._sheet, self._take(name)
        if sheet is None or item is None:
            return
        subject = self._subject(
            self.tr("Confirm the report"),
            self.tr("The commitment counts as met."),
            self.tr("Sign and confirm"),
            self._reported(item),
            self._files(item),
        )
        self.sign_about(
            sheet.case,
            subject,
            work.check_confirming,
            work.confirm,
            item.asked.id,
            shown(sheet.state),
            said=self.tr("Confirmed"),
        )

    def _on_returned(self, text: str) -> None:
        sheet, item = self._sheet, self._line
        if sheet is None or item is None:
            return
        subject = self._subject(
            self.tr("Send the report back"),
            self.tr("The commitment is open again at once, and its owner reads why."),
            self.tr("Sign and send back"),
            [*self._reported(item), SignedLine(self.tr("What is missing"), text)],
            self._files(item),
        )
        self.sign_about(
            sheet.case,
            subject,
            work.check_returning,
            work.send_back,
            item.asked.id,
            text,
            shown(sheet.state),
            said=self.tr("Sent back"),
        )

    def _subject(
        self, title: str, consequence: str, button: str, lines: list[SignedLine], grounds: tuple[SignedLine, ...] = ()
    ) -> Subject:
        sheet, item = self._sheet, self._line
        assert sheet is not None  # asked by who calls
        assert item is not None
        about = [
            SignedLine(self.tr("Use case"), f"{sheet.reference} {isolated(sheet.title)}"),
            SignedLine(self.tr("Commitment"), item.asked.text),
            SignedLine(self.tr("Due"), said(item.due)),
        ]
        about += [SignedLine(self.tr("Shown by"), "; ".join(item.asked.evidence))] if item.asked.evidence else []
        office = sheet.may.office
        if office is not None and not item.may_report:
            about.append(SignedLine(self.tr("You sign as"), office.label))
        return Subject(title, consequence, sheet.name, sheet.fingerprint, (*about, *lines), button, grounds=grounds)

    def _reported(self, item: CommitmentLine) -> list[SignedLine]:
        newest = item.reports[-1]
        who = filled(self.tr("Report by {name}, {day}"), name=newest.name, day=day_words(newest.day))
        return [SignedLine(who, newest.text), *(SignedLine(self.tr("File"), file.name) for file in newest.files)]

    def _files(self, item: CommitmentLine) -> tuple[SignedLine, ...]:
        return tuple(SignedLine(file.name, file.sha256, is_digest=True) for file in item.reports[-1].files)
