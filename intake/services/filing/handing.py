"""Giving a use case to somebody else who answers for it from then on: handing it over, and taking it over."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.kinds import HAND_OVER, TAKE_OVER
from intake.domain.acts.kinds.hand_over import HandOverBody, HandsAs
from intake.domain.acts.kinds.take_over import TakeOverBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, together
from intake.domain.case.allowed import allowed, office_of
from intake.domain.case.fold import CaseState
from intake.domain.case.handing import HandOver, signs
from intake.domain.case.naming import shown
from intake.domain.case.writing import REASON_TO_HAND_OVER
from intake.services.deciding.noticing import add_notice
from intake.services.deciding.reasons import given_reason
from intake.services.deciding.unsigned import signed_words
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read

_GIVES = Sentence(
    "LeadsToHandOver", "Nothing changes until {who} takes it over. Then all that is due of you is due of them."
)
_KEEPS = Sentence("LeadsToKeeping", "What you had handed over is taken back, and it stays yours.")
_SECOND = Sentence("LeadsToSecondHandOver", "With your signature {who} can take it over.")
_FIRST = Sentence("LeadsToFirstHandOver", "It takes a second administrator who gives it to {who} too.")
_TAKES = Sentence(
    "LeadsToTakeOver", "From then on you answer for it: you file it again, meet its conditions, and can retire it."
)
_OFFICE = Sentence(
    "LeadsToPart",
    "{who} holds the office of the {office}, and can decide on this use case no more once it is taken over.",
)


class NoSuchSuccessor(Refusal):
    what = "“{person}” cannot take a use case over."
    why = "Who answers for it accepts that by an act of their own, so the roster has to list them with a key."
    next = "Choose somebody on the roster, or ask the administrators to list them."


class HandedToOneself(Refusal):
    what = "Administrators do not give a use case to themselves."
    why = "Nobody is to gain by signing for others."
    next = "Name somebody else, or ask two other administrators."


class NotOneOfThem(Refusal):
    what = "“{person}” is none of those to whom it was handed over."
    why = "It was given to several people at the same time, and belongs to nobody until one of them alone has it."
    next = "Hand it over to another of them, or ask two administrators."


@dataclass(frozen=True, slots=True)
class Handed:
    """``ready`` is whether the successor can take it over now, ``notice`` the SHA-256 of the signed notice; empty without one."""

    act: str
    by: HandsAs
    successor: str
    ready: bool
    notice: str


def require_handing(installation: Installation, person: str, case: str) -> tuple[CaseState, HandsAs]:
    """The state, and as whom this person hands it over. Raises NotYoursToHandOver."""
    state = installation.state(case)
    may = allowed(state, installation.rosters, person).ends
    if may.hand_over:
        raise may.hand_over
    assert may.hands_as is not None  # else there is something against it
    return state, may.hands_as


def require_successor(installation: Installation, state: CaseState, person: str, by: HandsAs, successor: str) -> None:
    """Raise NoSuchSuccessor, HandedToOneself or NotOneOfThem."""
    if not signs(installation.rosters.person(successor)):
        raise NoSuchSuccessor(person=successor)
    if by is HandsAs.ADMINISTRATOR and successor == person:
        raise HandedToOneself
    if by is HandsAs.OWNER and set(state.passed.claimants) - {person, successor}:
        raise NotOneOfThem(person=successor)


def leads_to(installation: Installation, state: CaseState, person: str, by: HandsAs, successor: str) -> Reason:
    """What handing it over leads to."""
    who = installation.rosters.name(successor)
    if by is HandsAs.OWNER:
        said = _KEEPS() if successor == person else _GIVES(who=who)
    else:
        first = (item for item in state.passed.hand_overs if item.successor == successor and not item.ready)
        signed = {state.event(name).act.person for item in first for name in item.acts}
        said = _SECOND(who=who) if signed - {person} else _FIRST(who=who)
    return said if successor == person else together(said, _part(installation, state, successor))


def hand_over(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    successor: str,
    reason: str,
    *,
    seen: tuple[str, ...] | None = None,
) -> Handed:
    """Hand a use case over, as its owner or as one of two administrators. ``seen`` is what was ``shown`` of it.

    Raises ReasonMissing, CaseMoved, and as ``require_handing`` and ``require_successor``.
    """
    state, by = require_handing(installation, signer.person, case)
    require_successor(installation, state, signer.person, by, successor)
    reason = given_reason(reason)
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    made = writer.write(HAND_OVER, HandOverBody(by, successor, reason), case=case, seen=shown(state))
    notice = add_notice(installation, signer, writer, state, made)
    writer.store(
        lambda: require_rosters_read(installation.rosters),
        signed=signed_words(installation, signer.person, case, reason, (REASON_TO_HAND_OVER,)),
    )
    return Handed(made.act.id, by, successor, installation.folded(case).passed.to(successor) is not None, notice)


def require_taking(installation: Installation, person: str, case: str) -> tuple[CaseState, HandOver]:
    """The state, and what this person may take over. Raises NothingToTakeOver."""
    state = installation.state(case)
    if against := allowed(state, installation.rosters, person).ends.take_over:
        raise against
    waiting = state.passed.to(person)
    assert waiting is not None  # else there is something against it
    return state, waiting


def taking_leads_to(installation: Installation, state: CaseState, person: str) -> Reason:
    """What taking it over leads to."""
    return together(_TAKES(), _part(installation, state, person))


def take_over(
    installation: Installation, signer: PersonWithKey, case: str, *, seen: tuple[str, ...] | None = None
) -> str:
    """Take over what was handed to this person. Gives the act id. Raises CaseMoved, and as ``require_taking``."""
    state, waiting = require_taking(installation, signer.person, case)
    require_unmoved(state, seen)
    writer = ActWriter(installation, signer)
    made = writer.write(TAKE_OVER, TakeOverBody(waiting.acts), case=case, seen=shown(state))
    writer.store(lambda: require_rosters_read(installation.rosters))
    return made.act.id


def _part(installation: Installation, state: CaseState, successor: str) -> Reason | None:
    unit = state.current.body.unit if state.current else ""
    office = office_of(installation.rosters, successor, unit, state.case)
    return _OFFICE(who=installation.rosters.name(successor), office=office.label) if office else None
