"""What is signed on the page of a use case: a comment, and its withdrawal. What is written of them is kept until then."""

from __future__ import annotations

from collections.abc import Callable

from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.base.directions import isolated
from intake.domain.case.allowed import NothingRuns, NotInOffice
from intake.domain.case.naming import shown
from intake.domain.case.writing import REASON_TO_LIFT, REASON_TO_SUSPEND, REMARK, WITHDRAWAL
from intake.services.deciding.suspending import to_lift
from ui.case import readers_work
from ui.case import work as case_work
from ui.case.commitment_signing import CommitmentSigning
from ui.case.figures_dialog import FiguresDialog
from ui.case.subjects import access, comment, figures, lift, suspension, withdrawal
from ui.case.work import CaseFacts
from ui.case_signer import CaseSigner
from ui.context import Context
from ui.page import Page
from ui.records.paper_jobs import check_completing, complete, copy_to_complete
from ui.records.signed_pages import SignedPages
from ui.review import work
from ui.review.subjects import missing_signature
from ui.review.unsigned import UnsignedKeeper
from ui.signing_job import Allowed, SigningFlow
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing_sheet import Subject


class CaseSigning(CaseSigner):
    """``keeper`` keeps what is written until it is signed, for whatever else is signed on the page too."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(context, page)
        self._sheet: CaseFacts | None = None
        self._of = ""
        self._asking = ""
        self.keeper = UnsignedKeeper(context, self)
        self.keeper.refused.connect(self._on_refused)
        self.asking: ReasonDialog | None = None
        self.reporting: FiguresDialog | None = None

    def add_commitments(self, page: Page) -> None:
        """The actions of commitments, at their place among those of the page."""
        self.commitments = CommitmentSigning(self._context, self.keeper, page)
        self.commitments.moved.connect(self.moved)

    def follow(self, sheet: CaseFacts | None) -> None:
        """From now on it is about this use case."""
        self._sheet = sheet
        self.commitments.follow(sheet)
        if sheet is not None:
            self._of = sheet.case
            self.keeper.open(sheet.case)
            self.keeper.read(sheet.unsigned.parts)

    def _on_refused(self, refusal: object) -> None:
        self._context.say(self.tr("Not saved: {what}").format(what=getattr(refusal, "what_happened", "")))

    def ask_completing(self) -> None:
        """The signature that the record still lacks, when each office signed a separate copy."""
        sheet = self._sheet
        current = sheet.state.current if sheet is not None else None
        if sheet is None or current is None:
            return
        called = f"{sheet.reference} {isolated(sheet.title)}"
        subject = missing_signature(called, current.number, sheet.name, sheet.fingerprint)
        signing = self.sign(
            subject, check_completing, complete, shown(sheet.state), said=self.tr("The record is sealed")
        )
        SignedPages(self._context, signing, copy_to_complete, self._of)

    def ask_comment(self) -> None:
        self._ask(
            REMARK,
            self.tr("Comment"),
            self.tr("Everybody with this use case can read it. It cannot be taken back."),
            self.tr("&Your comment"),
        )

    def ask_withdrawal(self) -> None:
        self._ask(
            WITHDRAWAL,
            self.tr("Withdraw this use case"),
            self.tr("The use case ends here and must not run. A record says why. It can be filed again later."),
            self.tr("&Why the business no longer wants it"),
            danger=True,
        )

    def ask_suspension(self) -> None:
        self._ask(
            REASON_TO_SUSPEND,
            self.tr("Suspend this use case"),
            self.tr("It must not run from now on, until both offices have lifted it."),
            self.tr("&Why it has to stop"),
            danger=True,
        )

    def ask_lift(self) -> None:
        self._ask(
            REASON_TO_LIFT,
            self.tr("Lift the suspension"),
            self.tr("You lift each suspension that is listed before you sign. Both offices have to."),
            self.tr("&Why it may go on"),
        )

    def ask_access(self) -> None:
        """The key of it for everybody who may read it and has none."""
        sheet = self._sheet
        if sheet is not None and sheet.can_give:
            said = self.tr("Access given; it goes out with the next exchange")
            self.sign(access(sheet), readers_work.check_giving, readers_work.give, said=said)

    def ask_figures(self) -> None:
        sheet = self._sheet
        if sheet is None or sheet.terms is None:
            return
        self.reporting = FiguresDialog(sheet.terms, sheet.today, self._page.window())
        self.reporting.given.connect(self._on_figures)
        self.reporting.open()

    def _on_figures(self, body: FiguresBody) -> None:
        sheet = self._sheet
        if sheet is None or sheet.terms is None:
            # What ran has ended while the figures were typed.
            self._on_moved(NothingRuns())
            return
        subject = figures(sheet, body)
        said = self.tr("Figures reported")
        self.sign(subject, case_work.check_reporting, case_work.report_figures, body, said=said)

    def _ask(self, part: str, title: str, consequence: str, question: str, *, danger: bool = False) -> None:
        self._asking = part
        self.asking = ReasonDialog(
            title,
            consequence,
            question,
            self.tr("Go on to sign"),
            self._page.window(),
            text=self.keeper.words(part),
            danger=danger,
        )
        self.asking.written.connect(self._on_written)
        self.asking.given.connect(self._on_reason)
        self.asking.open()

    def _on_written(self, text: str) -> None:
        # Kept until it is signed, so that no words are lost with a wrong passphrase, a cancelled dialog or the window.
        self.keeper.write(self._asking, text)

    def _on_reason(self, text: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if self._asking in (REASON_TO_SUSPEND, REASON_TO_LIFT) and sheet.may.office is None:
            # A roster came while the reason was written; the words are kept, and are no comment.
            self._on_moved(NotInOffice())
            return
        seen = shown(sheet.state)
        if self._asking == REASON_TO_SUSPEND:
            subject, said = suspension(sheet, text), self.tr("Suspended")
            self.sign(subject, case_work.check_suspending, case_work.suspend, text, seen, said=said)
        elif self._asking == REASON_TO_LIFT:
            assert sheet.may.office is not None  # asked above
            named = tuple(item.act for item in to_lift(sheet.state, sheet.may.office))
            subject, said = lift(sheet, text), self.tr("Your office has lifted it")
            self.sign(subject, case_work.check_lifting, case_work.lift, text, named, seen, said=said)
        elif self._asking == WITHDRAWAL:
            subject, said = withdrawal(sheet, text), self.tr("Withdrawn")
            signing = self.sign(subject, case_work.check_withdrawing, case_work.withdraw, text, seen, said=said)
            SignedPages(self._context, signing, case_work.withdrawal_pages, self._of, text)
        else:
            said = self.tr("Comment added")
            self.sign(comment(sheet, text), work.check_commenting, work.comment, text, said=said)

    def sign(
        self, subject: Subject, allowed: Allowed, job: Callable[..., object], *given: object, said: str
    ) -> SigningFlow:
        """Ask for the signature of something about this use case; ``said`` is told when it is done."""
        return self.sign_about(self._of, subject, allowed, job, *given, said=said)
