"""Accepting what both offices decided, and answering a point of it, on the page of the use case."""

from __future__ import annotations

from intake.domain.base.wording import shown as in_words
from intake.domain.base.wording import words
from intake.domain.case.allowed import NothingToAccept
from intake.domain.case.naming import shown
from intake.domain.case.writing import cost_of
from ui.case import acceptance_work
from ui.case.acceptance_subjects import acceptance, answer
from ui.case.work import CaseFacts
from ui.case_signer import CaseSigner
from ui.context import Context
from ui.page import Page
from ui.review.unsigned import UnsignedKeeper
from ui.widgets.reason_dialog import ReasonDialog


class AcceptanceSigning(CaseSigner):
    """``keeper`` keeps what is written of an answer until it is signed."""

    def __init__(self, context: Context, keeper: UnsignedKeeper, page: Page) -> None:
        super().__init__(context, page)
        self._keeper = keeper
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
        self.sign_about(
            sheet.case,
            acceptance(sheet),
            acceptance_work.check_accepting,
            acceptance_work.accept,
            shown(sheet.state),
            said=self.tr("Accepted"),
        )

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
        self.sign_about(
            sheet.case,
            answer(sheet, self._about, text),
            acceptance_work.check_answering,
            acceptance_work.answer,
            self._about,
            text,
            shown(sheet.state),
            said=self.tr("Answered: it is the turn of both offices"),
        )
