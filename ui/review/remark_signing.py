"""Answering a remark, and resolving one: asked for on the review and on the page of the use case, signed like everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from intake.domain.base.directions import isolated
from intake.domain.case.writing import ANSWER
from ui.case_signer import CaseSigner
from ui.context import Context
from ui.formatting import day_words
from ui.review import work
from ui.review.unsigned import UnsignedKeeper
from ui.texts import filled
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


class RemarkSigning(CaseSigner):
    """``keeper`` keeps what is written of an answer until it is signed; it has ``moved`` also when somebody answered meanwhile."""

    def __init__(self, context: Context, keeper: UnsignedKeeper, page: QWidget) -> None:
        super().__init__(context, page)
        self._keeper = keeper
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
        said = self.tr("Remark resolved")
        self.sign_about(place.case, subject, work.check_resolving, work.resolve, remark.act, seen, said=said)

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
        said = self.tr("Answer added")
        self.sign_about(place.case, subject, work.check_commenting, work.comment, text, remark.act, said=said)

    def _said(self, remark: CaseRemark) -> list[SignedLine]:
        """The remark and what answers it, as the one who signs has read them."""
        return [
            SignedLine(f"{isolated(one.name)}, {day_words(one.day)}", one.text)
            for one in (remark.said, *remark.answers)
        ]
