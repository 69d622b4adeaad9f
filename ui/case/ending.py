"""Ending a use case and giving it to somebody else, on its page: what is offered, asked and signed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.base.refusals import Refusal
from intake.domain.case.may_end import to_disown
from intake.domain.case.naming import shown
from intake.domain.case.next_verbs import ActWay
from intake.domain.case.writing import REASON_TO_DISOWN
from ui.case import ending_work
from ui.case.ending_dialogs import HandOverDialog, RetireDialog
from ui.case.ending_subjects import acknowledgement, disowning, handing, retirement, taking
from ui.case.signing import CaseSigning
from ui.case.work import CaseFacts
from ui.context import Context
from ui.jobs import JobLane
from ui.page import Page
from ui.widgets.dialogs import show_refusal
from ui.widgets.fields import Choice
from ui.widgets.reason_dialog import ReasonDialog


class CaseEnding(QObject):
    """Lives with its page, signs as the page does (``signing``) and keeps what is written with it."""

    def __init__(self, context: Context, page: Page, signing: CaseSigning) -> None:
        super().__init__(page)
        self._context, self._page, self._signing = context, page, signing
        self._sheet: CaseFacts | None = None
        self.asking: RetireDialog | HandOverDialog | ReasonDialog | None = None
        self.take = page.add_action(
            self.tr("&Take it over…"), self.ask_taking, tip=self.tr("From then on you answer for it")
        )
        self.acknowledge = page.add_action(
            self.tr("Ac&knowledge…"), self.ask_acknowledging, tip=self.tr("Your office has read what becomes of it")
        )
        self.hand = page.add_action(
            self.tr("Han&d it over…"), self.ask_handing, tip=self.tr("Somebody else answers for it once they accept")
        )
        self.retire = page.add_action(
            self.tr("Ret&ire…"), self.ask_retiring, tip=self.tr("End the use, and say what becomes of what it leaves")
        )
        self.disown = page.add_action(
            self.tr("D&isown the suspension…"), self.ask_disowning, tip=self.tr("A key that was cut off signed it")
        )

    @property
    def ways(self) -> Mapping[ActWay, QAction]:
        """The action of each way a next act may be done."""
        return {
            ActWay.TAKE_OVER: self.take,
            ActWay.HAND_OVER: self.hand,
            ActWay.ACKNOWLEDGE: self.acknowledge,
        }

    @property
    def offered(self) -> tuple[QAction, ...]:
        """Those that may stand beside the next act."""
        return (self.take, self.acknowledge, self.disown)

    @property
    def seldom(self) -> tuple[QAction, ...]:
        """Those that end it here, and are rarely what somebody came for."""
        return (self.hand, self.retire)

    def follow(self, sheet: CaseFacts | None) -> None:
        """From now on it is about this use case."""
        self._sheet = sheet
        ends = sheet.may.ends if sheet is not None and sheet.state.current is not None else None
        self.take.setEnabled(ends is not None and ends.take_over is None)
        self.acknowledge.setEnabled(ends is not None and ends.acknowledge is None)
        self.hand.setEnabled(ends is not None and ends.hand_over is None)
        self.retire.setEnabled(ends is not None and ends.retire is None)
        self.disown.setEnabled(ends is not None and ends.disown is None)

    # ------------------------------------------------------------------------------------------------------ asking
    def ask_retiring(self) -> None:
        self.asking = dialog = RetireDialog(self._signing.keeper.words, self._page.window())
        dialog.written.connect(self._signing.keeper.write)
        dialog.given.connect(self._on_retiring)
        dialog.open()

    def ask_handing(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        owner = sheet.may.ends.hands_as is HandsAs.OWNER
        consequence = (
            self.tr("Nothing changes until they take it over. Choose yourself to take back what you handed over.")
            if owner
            else self.tr("Nobody present answers for it. It takes two administrators, and the successor accepts.")
        )
        self.asking = dialog = HandOverDialog(
            consequence, _people(sheet), self._signing.keeper.words, self._page.window()
        )
        dialog.written.connect(self._signing.keeper.write)
        dialog.given.connect(self._on_handing)
        dialog.open()

    def ask_taking(self) -> None:
        """First what it leads to is found out, for the sheet says it."""
        if self._sheet is not None:
            handle = self._context.run(JobLane.REGISTER, ending_work.taking_leads_to, self._sheet.case, owner=self)
            handle.done.connect(self._on_taking)
            handle.refused.connect(self._on_refused)

    def ask_acknowledging(self) -> None:
        sheet = self._sheet
        if sheet is not None and sheet.may.office is not None and sheet.state.closing.retirement:
            self._signing.sign(
                acknowledgement(sheet),
                ending_work.check_acknowledging,
                ending_work.acknowledge,
                said=self.tr("Acknowledged"),
            )

    def ask_disowning(self) -> None:
        self.asking = dialog = ReasonDialog(
            self.tr("Disown the suspension"),
            self.tr("You say that what suspends it was not signed by your office, but by a key that was cut off."),
            self.tr("&Why it is not your office’s own"),
            self.tr("Go on to sign"),
            self._page.window(),
            text=self._signing.keeper.words(REASON_TO_DISOWN),
        )
        dialog.written.connect(lambda text: self._signing.keeper.write(REASON_TO_DISOWN, text))
        dialog.given.connect(self._on_disowning)
        dialog.open()

    # ----------------------------------------------------------------------------------------------------- signing
    def _on_retiring(self, reason: str, left: dict[str, str]) -> None:
        if (sheet := self._sheet) is not None:
            self._signing.sign(
                retirement(sheet, reason, left),
                ending_work.check_retiring,
                ending_work.retire,
                reason,
                left,
                shown(sheet.state),
                said=self.tr("Retired"),
            )

    def _on_handing(self, successor: str, reason: str) -> None:
        """First what it leads to is found out, for the sheet says it."""
        if self._sheet is not None:
            handle = self._context.run(JobLane.REGISTER, ending_work.leads_to, self._sheet.case, successor, owner=self)
            handle.done.connect(lambda leads_to: self._sign_handing(successor, reason, leads_to))
            handle.refused.connect(self._on_refused)

    def _sign_handing(self, successor: str, reason: str, leads_to: str) -> None:
        if (sheet := self._sheet) is not None:
            self._signing.sign(
                handing(sheet, successor, reason, leads_to),
                ending_work.check_handing,
                ending_work.hand_over,
                successor,
                reason,
                shown(sheet.state),
                said=self.tr("Handed over"),
            )

    def _on_taking(self, leads_to: str) -> None:
        sheet = self._sheet
        waiting = sheet.state.passed.to(sheet.person) if sheet is not None else None
        if sheet is not None and waiting is not None:
            self._signing.sign(
                taking(sheet, waiting, leads_to),
                ending_work.check_taking,
                ending_work.take_over,
                shown(sheet.state),
                said=self.tr("It is yours now"),
            )

    def _on_disowning(self, reason: str) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        named = tuple(item.act for item in to_disown(sheet.state, sheet.may.office))
        self._signing.sign(
            disowning(sheet, reason),
            ending_work.check_disowning,
            ending_work.disown,
            reason,
            named,
            shown(sheet.state),
            said=self.tr("Disowned"),
        )

    def _on_refused(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._page)


def _people(sheet: CaseFacts) -> list[Choice]:
    """Whom the roster lists, by name; who signed something here and is not listed any more could accept nothing."""
    return [Choice(person, name) for person, name in sorted(sheet.listed.items(), key=lambda item: item[1])]
