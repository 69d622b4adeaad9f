"""Answering a remark, and resolving one: asked for on the review and on the page of the use case, signed like everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.directions import isolated
from intake.domain.base.refusals import Refusal
from intake.domain.case.writing import ANSWER
from ui.context import Changes, Context
from ui.formatting import day_words
from ui.jobs import JobLane
from ui.review import work
from ui.review.unsigned import UnsignedKeeper
from ui.signing_job import Allowed, SigningFlow
from ui.texts import filled
from ui.widgets.dialogs import show_refusal
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing_sheet import SignedLine, Subject

if TYPE_CHECKING:
    from intake.services.deciding.remarks import CaseRemark


@dataclass(frozen=True, slots=True)
class RemarkPlace:
    """The use case whose remarks these are, and who signs."""

    case: str
    called: str
    signer: str
    fingerprint: str


class RemarkSigning(QObject):
    """Lives with its page. ``keeper`` keeps what is written of an answer; ``moved`` when somebody has answered meanwhile."""

    moved = Signal()

    def __init__(self, context: Context, keeper: UnsignedKeeper, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._keeper = keeper
        self._page = page
        self._place: RemarkPlace | None = None
        self._remark: CaseRemark | None = None

    def follow(self, place: RemarkPlace | None) -> None:
        """From now on it is about this use case."""
        self._place = place

    def answer(self, remark: CaseRemark) -> None:
        self._remark = remark
        consequence = self.tr("Everybody with this use case can read it. It cannot be taken back.")
        if not remark.open:
            again = self.tr("It opens the remark again.")
            consequence = f"{again} {consequence}"
        asking = ReasonDialog(
            self.tr("Answer the remark"),
            consequence,
            filled(self.tr("&Your answer to {who}"), who=remark.said.name.replace("&", "&&")),
            self.tr("Go on to sign"),
            self._page.window(),
            text=self._keeper.words(f"{ANSWER}{remark.act}"),
        )
        asking.written.connect(self._on_written)
        asking.given.connect(self._on_answer)
        asking.open()

    def resolve(self, remark: CaseRemark) -> None:
        place = self._place
        if place is None:
            return
        seen = (remark.act, *(one.act for one in remark.answers))
        subject = Subject(
            title=self.tr("Resolve the remark"),
            consequence=self.tr("It is shown as settled from now on. An answer opens it again."),
            signer=place.signer,
            fingerprint=place.fingerprint,
            lines=(SignedLine(self.tr("Use case"), place.called), *self._said(remark)),
            button=self.tr("Sign and resolve"),
        )
        self._sign(subject, work.check_resolving, work.resolve, self._on_resolved, place.case, remark.act, seen)

    def _on_written(self, text: str) -> None:
        if self._remark is not None:
            self._keeper.write(f"{ANSWER}{self._remark.act}", text)

    def _on_answer(self, text: str) -> None:
        place, remark = self._place, self._remark
        if place is None or remark is None:
            return
        subject = Subject(
            title=self.tr("Answer the remark"),
            consequence=self.tr("Everybody with this use case can read it. It cannot be taken back."),
            signer=place.signer,
            fingerprint=place.fingerprint,
            lines=(
                SignedLine(self.tr("Use case"), place.called),
                *self._said(remark),
                SignedLine(self.tr("Your answer"), text),
            ),
            button=self.tr("Sign and answer"),
        )
        self._sign(subject, work.check_commenting, work.comment, self._on_answered, place.case, text, remark.act)

    def _said(self, remark: CaseRemark) -> list[SignedLine]:
        """The remark and what answers it, as the one who signs has read them."""
        return [
            SignedLine(f"{isolated(one.name)}, {day_words(one.day)}", one.text)
            for one in (remark.said, *remark.answers)
        ]

    def _sign(
        self,
        subject: Subject,
        allowed: Allowed,
        job: Callable[..., str],
        then: Callable[[object], None],
        *given: object,
    ) -> None:
        signing = SigningFlow(
            self._context, subject, JobLane.PAPER, job, *given, parent=self._page, closing=("CaseMoved",), allowed=allowed
        )  # fmt: skip
        signing.done.connect(then)
        signing.turned_away.connect(self._on_moved)

    def _on_moved(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._page)
        self.moved.emit()

    def _on_answered(self, _: object) -> None:
        self._done(self.tr("Answer added"))

    def _on_resolved(self, _: object) -> None:
        self._done(self.tr("Remark resolved"))

    def _done(self, words: str) -> None:
        self._context.say(words)
        if self._place is not None:
            self._context.tell(Changes(cases=frozenset({self._place.case})))
