"""What a person may do to end a use case or to give it to somebody else, and what lets go what a stolen key suspended.

Asked as ``allowed``, of which it is a part: each thing is answered by a refusal, or by None where nothing prevents it.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.base.refusals import Refusal
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.suspensions import Suspension
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Role


class NotYoursToRetire(Refusal):
    what = "You cannot retire this use case."
    why = "Only who answers for it says what becomes of its data, access, model and contract: its owner, or a successor on the roster."
    next = "Ask the owner named on the case page. An office can suspend it at once."


class AlreadyRetired(Refusal):
    what = "This use case was retired already."
    why = "One retirement ends it."
    next = "File it again if the business wants it after all."


class NothingToRetire(Refusal):
    what = "Nothing of this use case was ever approved, so there is nothing to retire."
    why = "Retiring says what becomes of what a use leaves behind."
    next = "Withdraw it instead."


class NotYoursToHandOver(Refusal):
    what = "You cannot hand this use case over."
    why = "Only who answers for it gives it away; two administrators do where nobody present answers for it."
    next = "Ask the owner named on the case page."


class NothingToTakeOver(Refusal):
    what = "Nobody hands this use case over to you."
    why = "Only whom a hand-over names can accept it; of administrators two have to sign one."
    next = "Ask who answers for it to hand it over to you."


class NothingToAcknowledge(Refusal):
    what = "There is nothing here for your office to acknowledge."
    why = "An office acknowledges a use that is retired, once."
    next = "Look at the case page to see what is due."


class OnlyOfficesAcknowledge(Refusal):
    what = "Only the CIO and the CISO acknowledge that a use is retired."
    why = "They decided on it together, so both are to know how it ended."
    next = "You can leave a comment; the offices see it."


class NothingToDisown(Refusal):
    what = "There is no suspension here that your office could disown."
    why = "Only what a key signed beyond its cut-off is disowned, by who holds that office now and has no part in the case."
    next = "Ask both offices to lift the suspension, or the administrators whether the key was cut off."


@dataclass(frozen=True, slots=True)
class EndingRights:
    """``hands_as`` is as whom the person hands it over, where they may."""

    retire: Refusal | None
    hand_over: Refusal | None
    hands_as: HandsAs | None
    take_over: Refusal | None
    acknowledge: Refusal | None
    disown: Refusal | None


def ending_rights(state: CaseState, rosters: RosterHistory, person: str, office: Office | None) -> EndingRights:
    """``office`` is the one the person holds for this case."""
    hands_as = _hands_as(state, rosters, person)
    return EndingRights(
        retire=_against_retiring(state, rosters, person),
        hand_over=None if hands_as else NotYoursToHandOver(),
        hands_as=hands_as,
        take_over=None if state.passed.to(person) else NothingToTakeOver(),
        acknowledge=_against_acknowledging(state, office),
        disown=None if to_disown(state, office) and not _has_part(state, person) else NothingToDisown(),
    )


def to_disown(state: CaseState, office: Office | None) -> tuple[Suspension, ...]:
    """The suspensions that this office may disown."""
    return tuple(item for item in state.suspensions if item.open and item.cut_off and item.office is office)


def _against_retiring(state: CaseState, rosters: RosterHistory, person: str) -> Refusal | None:
    owner = state.current.owner if state.current else ""
    if person != owner and not rosters.succeeds(person, state.case):
        return NotYoursToRetire()
    if state.closing.retirement:
        return AlreadyRetired()
    return None if any(pair.fate is not Fate.VOID for pair in state.pairs) else NothingToRetire()


def _hands_as(state: CaseState, rosters: RosterHistory, person: str) -> HandsAs | None:
    if person in state.passed.claimants and len(state.passed.claimants) <= 2:
        return HandsAs.OWNER
    if state.passed.ownerless and rosters.holds(person, Role.ADMINISTRATOR):
        return HandsAs.ADMINISTRATOR
    return None


def _against_acknowledging(state: CaseState, office: Office | None) -> Refusal | None:
    if office is None:
        return OnlyOfficesAcknowledge()
    done = {item for item, _ in state.closing.acknowledged}
    return None if state.closing.retirement and office not in done else NothingToAcknowledge()


def _has_part(state: CaseState, person: str) -> bool:
    return state.current is not None and person in state.current.parties
