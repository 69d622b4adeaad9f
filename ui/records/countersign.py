"""Adding the signature a decided record still lacks: when both offices signed at the same time, each its own copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.exchange.delivery_line import DeliveryLine
from ui.jobs import JobLane, JobTask
from ui.records import paper_jobs
from ui.records.paper_jobs import OpenedRecord
from ui.records.signed_pages import SignedPages
from ui.signing_job import Identity, SigningFlow, identity
from ui.widgets.boxes import clear
from ui.widgets.dialogs import show_refusal
from ui.widgets.signing_sheet import SignedLine, Subject
from ui.words.ring import Half, RingState

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


def who(_: JobTask, session: Session) -> Identity:
    return identity(session)


class CountersignRecord(QObject):
    """Lives with its page; tells the window which case changed. ``delivery`` belongs on the page, and says where the signature is."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._opened: OpenedRecord | None = None
        self._page = page
        self.delivery = QVBoxLayout()

    def leave(self) -> None:
        """Another record is shown."""
        clear(self.delivery)

    def begin(self, opened: OpenedRecord) -> None:
        """Ask for the passphrase, and sign the record of this case."""
        handle = self._context.run_before_dialog(JobLane.REGISTER, who, owner=self)
        if handle is not None:
            self._opened = opened
            handle.done.connect(self._ask)

    def _ask(self, me: Identity) -> None:
        opened = self._opened
        if opened is None:
            return
        subject = Subject(
            title=self.tr("Add your signature to the record"),
            consequence=self.tr(
                "You have decided already. Your signature goes on the copy the other office signed, and the record is "
                "sealed. Your opinion does not change."
            ),
            signer=me.name,
            fingerprint=me.fingerprint,
            lines=(
                SignedLine(self.tr("Use case"), opened.title),
                SignedLine(self.tr("Reference"), opened.reference),
                SignedLine(self.tr("Record"), opened.name),
            ),
            button=self.tr("Sign and seal"),
            ring_after=RingState(Half.FILLED, Half.FILLED),
            has_pages=True,
        )
        signing = SigningFlow(
            self._context, subject, JobLane.PAPER, paper_jobs.complete, opened.case,
            opened.standing.seen if opened.standing else (), parent=self._page,
            allowed=paper_jobs.check_completing, closing=("CaseMoved",),
        )  # fmt: skip
        signing.done.connect(self._on_signed)
        signing.turned_away.connect(self._on_moved)
        SignedPages(self._context, signing, paper_jobs.copy_to_complete, opened.case)

    def _on_moved(self, refusal: Refusal) -> None:
        """Show the record and its use case as they are now."""
        show_refusal(refusal, self._page)
        if self._opened is not None:
            self._context.tell(Changes(cases=frozenset({self._opened.case})))

    def _on_signed(self, case: str) -> None:
        clear(self.delivery)
        self.delivery.addWidget(DeliveryLine(self._context, case))
        self._context.say(self.tr("Signed; the record is sealed"))
        self._context.tell(Changes(cases=frozenset({case})))
