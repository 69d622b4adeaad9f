"""Accepting what both offices decided, and answering a point of it, on the page of the use case."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import shown as in_words
from intake.domain.base.wording import words
from intake.domain.case.allowed import NothingToAccept
from intake.domain.case.naming import shown
from intake.domain.case.writing import cost_of
from ui.case import acceptance_work
from ui.case.acceptance_subjects import acceptance, answer
from ui.case.work import CaseFacts
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.page import Page
from ui.review.unsigned import UnsignedKeeper
from ui.signing_job import SigningFlow
from ui.widgets.dialogs import show_refusal
from ui.widgets.reason_dialog import ReasonDialog


class AcceptanceSigning(QObject):
    """Lives with its page. ``moved`` when nothing was signed because the use case has changed since it was shown."""

    moved = Signal()

    def __init__(self, context: Context, keeper: UnsignedKeeper, page: Page) -> None:
        super().__init__(page)
        self._context, self._keeper, self._page = context, keeper, page
        self._sheet: CaseFacts | None = None
        self._about = ""
        self._of = ""
        self.asking: ReasonDialog | None = None

    def follow(self, sheet: CaseFacts | None) -> None:
        """From now on it is about this use case."""
        self._sheet = sheet

    def ask_accepting(self) -> None:
        sheet = self._sheet
        if sheet is None or sheet.decided is None or sheet.decided.accepting is None:
            return
        self._of = sheet.case
        signing = SigningFlow(
            self._context, acceptance(sheet), JobLane.PAPER, acceptance_work.accept, sheet.case, shown(sheet.state),
            parent=self._page, closing=("CaseMoved",), allowed=acceptance_work.check_accepting,
        )  # fmt: skip
        signing.turned_away.connect(self._on_moved)
        signing.done.connect(self._on_accepted)

    def ask_answering(self, about: str) -> None:
        """Ask what one point costs; what is written of it is kept until it is signed."""
        sheet = self._sheet
        decided = sheet.decided if sheet is not None else None
        point = next((item for item in decided.points if item.about == about), None) if decided else None
        if sheet is None or decided is None or decided.answering is None or point is None:
            return
        self._about, self._of = about, sheet.case
        said = f"{in_words(point.point.label)}: {in_words(point.point.said)}."
        self.asking = ReasonDialog(
            self.tr("Answer a point of the decision"),
            f"{said} {words(decided.answering)}",
            self.tr("&What it costs you"),
            self.tr("Go on to sign"),
            self._page.window(),
            text=self._keeper.words(cost_of(about)),
        )
        self.asking.written.connect(self._on_written)
        self.asking.given.connect(self._on_given)
        self.asking.open()

    def _on_written(self, text: str) -> None:
        self._keeper.write(cost_of(self._about), text)

    def _on_given(self, text: str) -> None:
        sheet = self._sheet
        if sheet is None or sheet.case != self._of:
            return
        if sheet.may.answer is not None or sheet.decided is None or sheet.decided.answering is None:
            # Something came while it was written; the words are kept.
            self._on_moved(sheet.may.answer or NothingToAccept())
            return
        signing = SigningFlow(
            self._context, answer(sheet, self._about, text), JobLane.PAPER, acceptance_work.answer,
            sheet.case, self._about, text, shown(sheet.state),
            parent=self._page, closing=("CaseMoved",), allowed=acceptance_work.check_answering,
        )  # fmt: skip
        signing.turned_away.connect(self._on_moved)
        signing.done.connect(self._on_answered)

    def _on_moved(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._page)
        self.moved.emit()

    def _on_accepted(self, _: object) -> None:
        self._done(self.tr("Accepted"))

    def _on_answered(self, _: object) -> None:
        self._done(self.tr("Answered: it is the turn of both offices"))

    def _done(self, said: str) -> None:
        self._context.say(said)
        self._context.tell(Changes(cases=frozenset({self._of})))
