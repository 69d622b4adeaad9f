"""What an opinion led to: the ring as it would be after signing, and the lasting confirmation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import BOTH_SIGNED, Phase
from intake.domain.case.verbs import OpinionVerb
from intake.domain.terms.terms import Terms
from ui.context import Context
from ui.exchange.delivery_line import DeliveryLine
from ui.formatting import day_words, long_day
from ui.inbox.next_case import NextCase
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
        self._next = NextCase(context, self)

    def to_record(self, *, whole: bool) -> QAction:
        """``whole`` when the record is finished; until then these are the pages that were signed."""
        words = OutcomeTexts.tr("Open the record") if whole else OutcomeTexts.tr("Look at the pages")
        return self._action(words, self._open_record)

    def to_next(self) -> QAction:
        """To the next use case that waits for this person, and to the inbox when none does."""
        return self._action(OutcomeTexts.tr("&Next use case"), self._open_next)

    def to_inbox(self) -> QAction:
        return self._action(OutcomeTexts.tr("Back to the inbox"), self._open_inbox)

    def to_history(self) -> QAction:
        return self._action(OutcomeTexts.tr("History of this use case"), self._open_history)

    def _action(self, text: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(slot)
        return action

    def _open_next(self) -> None:
        self._next.after(self._case)

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
    held = other.held if other is not None else None
    agree = held is not None and given is not None and held.digest == given.digest
    if theirs is Half.FILLED and mine is Half.FILLED and not agree:
        # It is for them to sign again.
        theirs = Half.OTHER
    return RingState(mine, theirs) if office is Office.CIO else RingState(theirs, mine)


def confirmation(context: Context, view: CaseView, given: Given) -> Confirmation:
    """The page after signing: what happened, the reference, what comes next and who is next."""
    decided = given.phase in BOTH_SIGNED
    suspended = given.phase is Phase.SUSPENDED
    objected = given.verb in (OpinionVerb.CHANGES, OpinionVerb.DECLINE)
    agreed = decided or (given.sealed and not objected)
    title = {
        OpinionVerb.APPROVE: OutcomeTexts.tr("Decided: both offices approve")
        if agreed
        else OutcomeTexts.tr("You approved these terms"),
        OpinionVerb.APPROVE_MINE: OutcomeTexts.tr("You approved with your terms"),
        OpinionVerb.PROPOSE: OutcomeTexts.tr("You proposed other terms"),
        OpinionVerb.CHANGES: OutcomeTexts.tr("You requested changes"),
        OpinionVerb.DECLINE: OutcomeTexts.tr("You declined"),
    }[given.verb]
    steps = []
    if suspended and objected:
        title = OutcomeTexts.tr("You suspended what was decided")
        steps.append(OutcomeTexts.tr("It must not run. The owner is told to stop it once this has arrived."))
        steps.append(OutcomeTexts.tr("It may run again when both offices have lifted it, on the page of the use case."))
    elif suspended:
        steps.append(
            OutcomeTexts.tr(
                "It stays suspended and must not run until both offices have lifted it, on the page of the use case."
            )
        )
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
    if given.phase is Phase.ACCEPTANCE:
        steps.append(OutcomeTexts.tr("It is not what was filed: it holds once the owner has accepted it."))
    if given.turn and not suspended and not (given.phase is Phase.ACCEPTANCE and "owner" in given.turn):
        steps += _turn_words(view, given.turn)
    elif decided:
        steps.append(OutcomeTexts.tr("The owner sees the decision, its conditions and its expiry once it has arrived."))
    positions = {OpinionVerb.CHANGES: Position.CHANGES, OpinionVerb.DECLINE: Position.DECLINE}
    position = positions.get(given.verb, Position.APPROVE)
    ring = RingState(Half.FILLED, Half.FILLED) if agreed else ring_after(view, position, None)
    ways = ConfirmationWays(context, view.state.case)
    actions = [ways.to_next(), ways.to_inbox(), ways.to_history()]
    if given.sealed or given.phase is Phase.DECLINED:
        actions.insert(1, ways.to_record(whole=True))
    elif position is Position.APPROVE:
        actions.insert(1, ways.to_record(whole=False))
    line = DeliveryLine(context, view.state.case)
    end = Confirmation(title, view.reference, ring, steps, actions, delivery=line)
    ways.setParent(end)
    return end


def _turn_words(view: CaseView, turn: Sequence[str]) -> list[str]:
    """Who is next, what the other office had signed before, and by when it is asked for an answer."""
    who = ", ".join(party_words(party) for party in turn)
    steps = []
    other = next((item for item in view.offices if item.office is not view.office), None)
    if other is not None and other.office.value in turn and half_of(other) is Half.FILLED:
        words = OutcomeTexts.tr("{who} signed other terms on {day} and is asked to answer yours.")
        day = day_words(date.fromisoformat(other.at))
        steps.append(words.format(who=f"{other.office.label} ({other.holder})", day=day))
    # Their turn begins with what was just signed.
    due = view.answer_by
    if due is None:
        steps.append(OutcomeTexts.tr("Next: {who}.").format(who=who))
    else:
        steps.append(OutcomeTexts.tr("Next: {who}, by {day}.").format(who=who, day=long_day(due)))
    return steps


class OutcomeTexts(Texts):
    pass
