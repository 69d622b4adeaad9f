"""What an opinion led to: the ring as it would be after signing, and the lasting confirmation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from intake.domain.terms.terms import Terms
from ui.context import Context
from ui.review.summary import half_of
from ui.review.terms import other_office
from ui.texts import Texts
from ui.widgets.confirmation import Confirmation
from ui.words.cases import party_words
from ui.words.ring import Half, RingState

if TYPE_CHECKING:
    from intake.services.deciding.deciding import Given
    from intake.services.deciding.reviewing import CaseView


class ConfirmationWays(QObject):
    """Where the screen can go from the confirmation of one use case; lives as long as the confirmation."""

    def __init__(self, context: Context, case: str) -> None:
        super().__init__()
        self._context = context
        self._case = case

    def to_record(self) -> QAction:
        return self._action(OutcomeTexts.tr("Open the record"), self._open_record)

    def to_inbox(self) -> QAction:
        return self._action(OutcomeTexts.tr("Back to the inbox"), self._open_inbox)

    def to_history(self) -> QAction:
        return self._action(OutcomeTexts.tr("History of this use case"), self._open_history)

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(slot)
        return action

    def _open_record(self) -> None:
        self._context.go("record", self._case)

    def _open_inbox(self) -> None:
        self._context.go("inbox")

    def _open_history(self) -> None:
        self._context.go("case", self._case)


def ring_after(view: CaseView, position: Position, given: Terms | None) -> RingState:
    """The ring once this is signed. It closes only when both halves hold the same terms."""
    mine = {Position.APPROVE: Half.FILLED, Position.CHANGES: Half.CHANGES, Position.DECLINE: Half.DECLINED}[position]
    office = view.office
    if office is None:
        return RingState()
    theirs = half_of(next(item for item in view.offices if item.office is office.other))
    other = other_office(view)
    agree = other is not None and given is not None and other.terms is not None and other.terms.digest == given.digest
    if theirs is Half.FILLED and mine is Half.FILLED and not agree:
        # Other terms than theirs: it is for them to sign again.
        theirs = Half.OPEN
    return RingState(mine, theirs) if office is Office.CIO else RingState(theirs, mine)


def confirmation(context: Context, view: CaseView, key: str, given: Given) -> Confirmation:
    """The page after signing: what happened, the reference, what comes next and who is next."""
    decided = given.phase is Phase.DECIDED
    title = {
        "approve": OutcomeTexts.tr("Decided: both offices approve")
        if decided
        else OutcomeTexts.tr("You approved these terms"),
        "propose": OutcomeTexts.tr("You proposed other terms"),
        "changes": OutcomeTexts.tr("You asked for changes"),
        "decline": OutcomeTexts.tr("Declined"),
    }[key]
    steps = []
    if given.sealed:
        steps.append(
            OutcomeTexts.tr("The record carries both signatures and is sealed. It can be checked without this app.")
        )
    elif decided:
        steps.append(OutcomeTexts.tr("The decision exists. The record still lacks a signature."))
    if given.phase is Phase.DECLINED:
        steps.append(
            OutcomeTexts.tr("The decision record says why. The owner may change the use case and file it again.")
        )
    if given.turn:
        who = ", ".join(party_words(party) for party in given.turn)
        steps.append(OutcomeTexts.tr("Next: {who}. They see it after the next exchange.").format(who=who))
    elif decided:
        steps.append(
            OutcomeTexts.tr("The owner sees the decision, its conditions and its expiry after the next exchange.")
        )
    positions = {"approve": Position.APPROVE, "propose": Position.APPROVE, "changes": Position.CHANGES}
    position = positions.get(key, Position.DECLINE)
    ring = RingState(Half.FILLED, Half.FILLED) if decided else ring_after(view, position, None)
    ways = ConfirmationWays(context, view.state.case)
    actions = [ways.to_inbox(), ways.to_history()]
    if given.sealed or given.phase is Phase.DECLINED:
        actions.insert(0, ways.to_record())
    end = Confirmation(title, view.reference, ring, steps, actions)
    ways.setParent(end)
    return end


class OutcomeTexts(Texts):
    pass
