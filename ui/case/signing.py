"""What is signed on the page of a use case: a comment, and its withdrawal. What is written of them is kept until then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from intake.domain.case.writing import REMARK, WITHDRAWAL
from ui.case import work as case_work
from ui.case.work import CaseFacts
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.page import Page
from ui.review import work
from ui.review.unsigned import UnsignedKeeper
from ui.signing_job import Allowed, SigningFlow
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing_sheet import SignedLine, Subject


class CaseSigning(QObject):
    """Lives with its page."""

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self._sheet: CaseFacts | None = None
        self._of = ""
        self._asking = ""
        self._keeper = UnsignedKeeper(context, self)
        self._keeper.refused.connect(self._on_refused)
        self.asking: ReasonDialog | None = None

    def follow(self, sheet: CaseFacts | None) -> None:
        """From now on it is about this use case."""
        self._sheet = sheet
        if sheet is not None:
            self._of = sheet.case
            self._keeper.open(sheet.case)
            self._keeper.read(sheet.unsigned.parts)

    def _on_refused(self, refusal: object) -> None:
        self._context.say(self.tr("Not saved: {what}").format(what=getattr(refusal, "what_happened", "")))

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

    def _ask(self, part: str, title: str, consequence: str, question: str, *, danger: bool = False) -> None:
        self._asking = part
        self.asking = ReasonDialog(
            title,
            consequence,
            question,
            self.tr("Go on to sign"),
            self._page.window(),
            text=self._keeper.words(part),
            danger=danger,
        )
        self.asking.written.connect(self._on_written)
        self.asking.given.connect(self._on_reason)
        self.asking.open()

    def _on_written(self, text: str) -> None:
        # Kept until it is signed, so that no words are lost with a wrong passphrase, a cancelled dialog or the window.
        self._keeper.write(self._asking, text)

    def _on_reason(self, text: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        withdrawing = self._asking == WITHDRAWAL
        current = sheet.state.current
        lines = [SignedLine(self.tr("Use case"), f"{sheet.reference} {sheet.title}")]
        if current is not None:
            lines.append(SignedLine(self.tr("Revision"), str(current.number)))
        lines.append(SignedLine(self.tr("Reason") if withdrawing else self.tr("Comment"), text))
        subject = Subject(
            title=self.tr("Withdraw this use case") if withdrawing else self.tr("Comment"),
            consequence=self.tr("The use case ends here and must not run.")
            if withdrawing
            else self.tr("Everybody with this use case can read it. It cannot be taken back."),
            signer=sheet.name,
            fingerprint=sheet.fingerprint,
            lines=tuple(lines),
            button=self.tr("Sign and withdraw") if withdrawing else self.tr("Sign and add"),
        )
        if withdrawing:
            signing = self._signing(subject, case_work.withdraw, text, case_work.check_withdrawing)
            signing.done.connect(self._on_withdrawn)
        else:
            signing = self._signing(subject, work.comment, text, work.check_commenting)
            signing.done.connect(self._on_commented)

    def _signing(self, subject: Subject, job: Callable[..., str], text: str, allowed: Allowed) -> SigningFlow:
        return SigningFlow(
            self._context, subject, JobLane.PAPER, job, self._of, text, parent=self._page, allowed=allowed
        )

    def _on_withdrawn(self, _: object) -> None:
        self._done(self.tr("Withdrawn"))

    def _on_commented(self, _: object) -> None:
        self._done(self.tr("Comment added"))

    def _done(self, words: str) -> None:
        self._context.say(words)
        self._context.tell(Changes(cases=frozenset({self._of})))
