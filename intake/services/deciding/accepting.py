"""The owner accepts what both offices decided, or says what a point of it costs: what is signed, and what it leads to (rule R11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from intake.domain.acts.kinds import ACCEPT, ANSWER
from intake.domain.acts.kinds.accept import AcceptBody
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.assessment.granted import Granted
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain
from intake.domain.base.wording import Sentence, on_day
from intake.domain.case.acceptance import Acceptance
from intake.domain.case.allowed import allowed
from intake.domain.case.filed import Revision
from intake.domain.case.fold import CaseState
from intake.domain.case.naming import shown
from intake.domain.case.phases import Phase
from intake.domain.case.writing import cost_of
from intake.domain.terms.differences import TermsDifference
from intake.domain.terms.in_lines import TermsPoint
from intake.domain.terms.proposed import parted_points, shown_points
from intake.domain.terms.terms import Terms
from intake.services.deciding.unsigned import signed_words
from intake.services.installation.act_writer import ActWriter, require_unmoved
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation.unread_rosters import require_rosters_read

_NOBODY: Mapping[str, str] = MappingProxyType({})
_ACCEPTS = Sentence("LeadsToAcceptance", "With your signature it holds, from {begins} until {expires}.")
_ACCEPTS_IDEA = Sentence(
    "LeadsToAcceptedIdea", "With your signature it holds; an idea is prepared, and nothing is used yet."
)
_ANSWERS = Sentence(
    "LeadsToAnswer", "Both offices are asked for another word on it. Nothing that they signed is taken back."
)
_ANSWERS_WITHIN = Sentence("LeadsToAnswerWithin", "{outcome} What was in force before goes on inside both until {day}.")
_ANSWERS_STOPPED = Sentence("LeadsToAnswerStopped", "{outcome} Until it is accepted nothing of it may run.")


_HOLDS_ONCE = Sentence(
    "LeadsToOwnersAcceptance",
    "{outcome} It is not what the owner filed, so a decision on it holds once the owner accepts it.",
)


class CostMissing(Refusal):
    what = "Nothing is written about what it costs."
    why = "The offices weigh your words against their reason; an empty answer gives them nothing to weigh."
    next = "Write in one or two sentences what this point costs you."


class NoSuchPoint(Refusal):
    what = "“{point}” is no point in which the decision differs from what was asked for."
    why = "An answer is shown beside the boundary or condition that it is about, so that the offices see it there."
    next = "Choose one of: {points}."


@dataclass(frozen=True, slots=True)
class DecidedPoint:
    """A point in which the decision differs from what was asked for, beside each other and in a line. ``number`` counts from 1."""

    number: int
    about: str
    difference: TermsDifference
    point: TermsPoint


@dataclass(frozen=True, slots=True)
class AcceptanceGiven:
    """What an acceptance or an answer led to."""

    act: str
    phase: Phase
    turn: tuple[str, ...]


def require_accepting(installation: Installation, person: str, case: str) -> CaseState:
    """The state, where this person may accept. Raises NotYoursToAccept, OfficeCannotAccept or NothingToAccept."""
    state = installation.state(case)
    if against := allowed(state, installation.rosters, person).accept:
        raise against
    return state


def require_answering(installation: Installation, person: str, case: str) -> CaseState:
    """The state, where this person may answer a point. Raises NotYours or NothingToAccept."""
    state = installation.state(case)
    if against := allowed(state, installation.rosters, person).answer:
        raise against
    return state


def awaited(state: CaseState) -> tuple[Acceptance, Terms]:
    """What waits for the owner, and its terms; only where something does."""
    assert state.acceptance is not None  # the rights were asked
    assert state.decision is not None
    assert state.decision.terms is not None
    return state.acceptance, state.decision.terms


def decided_points(state: CaseState, names: Mapping[str, str] = _NOBODY) -> tuple[DecidedPoint, ...]:
    """Every point in which the decision on the newest revision differs from what was asked for; ``names`` are people by id."""
    found, terms = state.acceptance, state.decision.terms if state.decision else None
    if found is None or found.proposed is None or terms is None or state.current is None:
        return ()
    points = shown_points(state.current.body.stage, found.proposed, terms, names)
    return tuple(DecidedPoint(number, *item) for number, item in enumerate(points, 1))


def with_the_owner(outcome: Reason, revision: Revision, granted: Granted | None, given: Terms | None) -> Reason:
    """What approving leads to, with what the owner does then, where these terms are not what he filed himself."""
    if granted is None or given is None:
        return outcome
    own = revision.author == revision.body.owner
    same = own and not parted_points(revision.body.stage, granted.asked.boundaries, given)
    return outcome if same else _HOLDS_ONCE(outcome=outcome)


def leads_to_acceptance(state: CaseState) -> Reason:
    """What accepting leads to, in one sentence."""
    _, terms = awaited(state)
    if terms.stage == "idea":
        return _ACCEPTS_IDEA()
    return _ACCEPTS(begins=on_day(terms.begins), expires=on_day(terms.expires))


def leads_to_answer(state: CaseState, today: date) -> Reason:
    """What answering leads to."""
    goes_on = state.in_force.terms if state.in_force else None
    if goes_on is None or goes_on.expired(today):
        return _ANSWERS_STOPPED(outcome=_ANSWERS())
    return _ANSWERS_WITHIN(outcome=_ANSWERS(), day=on_day(goes_on.expires))


def accept(
    installation: Installation, signer: PersonWithKey, case: str, *, seen: tuple[str, ...] | None = None
) -> AcceptanceGiven:
    """Sign the owner’s acceptance of what both offices decided. ``seen`` is what was ``shown`` of the case.

    Raises CaseMoved besides what ``require_accepting`` raises.
    """
    state = require_accepting(installation, signer.person, case)
    require_unmoved(state, seen)
    found, _ = awaited(state)
    body = AcceptBody(found.pair.revision, found.pair.terms, found.pair.assessment)
    writer = ActWriter(installation, signer)
    made = writer.write(ACCEPT, body, case=case, seen=shown(state))
    writer.store(lambda: require_rosters_read(installation.rosters))
    return _led_to(installation, made.act.id, case)


def answer(
    installation: Installation,
    signer: PersonWithKey,
    case: str,
    about: str,
    text: str,
    *,
    seen: tuple[str, ...] | None = None,
) -> AcceptanceGiven:
    """Sign what one point costs: ``about`` is its name, the digest of a condition, or the number of either in the list.

    Raises NoSuchPoint, CostMissing or CaseMoved besides what ``require_answering`` raises.
    """
    state = require_answering(installation, signer.person, case)
    point = point_named(state, about)
    said = plain(text)
    if not said:
        raise CostMissing
    require_unmoved(state, seen)
    found, _ = awaited(state)
    writer = ActWriter(installation, signer)
    body = AnswerBody(found.pair.revision, found.pair.terms, point.about, said)
    made = writer.write(ANSWER, body, case=case, seen=shown(state))
    writer.store(signed=signed_words(installation, signer.person, case, said, (cost_of(point.about),)))
    return _led_to(installation, made.act.id, case)


def point_named(state: CaseState, about: str) -> DecidedPoint:
    """The point of this name, or with this number. Raises NoSuchPoint."""
    points = decided_points(state)
    for item in points:
        if about in (item.about, str(item.number)):
            return item
    raise NoSuchPoint(point=about, points=", ".join(f"{item.number} {item.difference.label}" for item in points))


def _led_to(installation: Installation, act: str, case: str) -> AcceptanceGiven:
    state = installation.folded(case)
    return AcceptanceGiven(act, state.phase, state.turn)
