"""One row of the register list: what a case says at a glance, made from its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.base.reasons import Reason
from intake.domain.base.workdays import USUAL, Workdays
from intake.domain.case.asking import asks
from intake.domain.case.asks import CaseAsk
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import WITH_A_SAY, Force
from intake.domain.case.phases import BOTH_SIGNED, Outcome, Phase
from intake.domain.case.record_group import record_group
from intake.domain.case.stop import stopped_by_acts
from intake.domain.case.terms_due import first_of_case
from intake.domain.case.terms_now import terms_now
from intake.domain.case.whose_turn import turn_began, turn_ends
from intake.domain.terms.terms import Stage
from intake.domain.terms.waivers import gravest

_SAID = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS_SAID = 15
"""So many hexadecimal digits of the case id are said, in letters of five bits."""


class SummarisedAssessment(Protocol):
    """What a summary needs of an assessment."""

    @property
    def tier(self) -> str: ...

    @property
    def lane(self) -> str: ...

    @property
    def days(self) -> int: ...

    @property
    def purpose(self) -> str: ...


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A row of the register. ``cio`` and ``ciso`` are the halves of the ring: open, approve, changes, decline or suspend.

    ``stage`` is what is granted, ``asked`` what the newest revision asks for, ``since`` the day from which it is somebody's
    ``turn``, or over (``whose_turn``). While it is, they have time until ``clock``; None when nobody can tell. ``due`` is the first
    day on which the terms in force ask for something, or what was promised before it was stopped, with what (``due_what``), of
    whom (``due_of``, a person id) and in which words (``domain.case.due``).
    ``newest`` is the latest time any act with a say claims and serves for sorting only. ``text`` is what search reads, ``purpose`` what the
    answers say the use case is for, ``conditions`` those of the decision in force. ``stop`` says that what ran must stop, as far as
    acts tell (``stop.row_stop`` knows what expired). ``record`` is the group of its record (``record_group``). ``owner`` is empty where nobody
    present answers for it, ``successor`` are those who may take it over, ``parties`` those who decide nothing in it, with a space between. ``asks`` are what it asks of whom.
    ``waived`` is the gravest that the terms in force do without (``waivers.gravest``), empty where nothing is waived.
    """

    case: str
    reference: str
    title: str
    unit: str
    owner: str
    tier: str
    lane: str
    stage: str
    phase: str
    turn: tuple[str, ...]
    cio: str
    ciso: str
    revision: int
    filed: date
    decided: date | None
    expires: date | None
    due: date | None
    newest: datetime
    alarms: int
    waiting: int
    asked: str
    since: date
    clock: date | None
    due_what: str
    due_of: str
    due_text: str
    text: str
    stop: Reason | None = None
    record: str = ""
    purpose: str = ""
    conditions: tuple[str, ...] = ()
    successor: str = ""
    parties: str = ""
    waived: str = ""
    asks: tuple[CaseAsk, ...] = ()


def reference(case_id: str) -> str:
    """The name people say and write, such as ``UC-7KQ2-91MD-4XTB``: 60 bits of the case id in Crockford's alphabet.

    With 40 bits anybody makes a case under the reference of another one in minutes; with these it takes years, but who
    files may still make two of their own that bear the same. So nothing takes a reference for one case without asking.
    """
    number = int(case_id[:_DIGITS_SAID], 16)
    letters = "".join(_SAID[number >> shift & 31] for shift in range(4 * _DIGITS_SAID - 5, -1, -5))
    return "-".join(("UC", *(letters[start : start + 4] for start in range(0, len(letters), 4))))


def summarise(
    state: CaseState, assessment: SummarisedAssessment | None, workdays: Workdays = USUAL
) -> CaseSummary | None:
    """The row for a case, or None while it has no revision that counts; ``workdays`` are those of its organisation."""
    current, began = state.current, turn_began(state)
    if current is None or began is None:
        return None
    stage = state.in_force.terms.stage if state.in_force and state.in_force.terms else Stage.IDEA
    terms = terms_now(state)
    first = first_of_case(state, current.owner)
    stop = stopped_by_acts(state)
    stop = stop if stop and stop.running else None
    owner, decided = "" if state.passed.ownerless else current.owner, None
    clock = turn_ends(state, assessment.days, workdays) if assessment else None
    if state.decision:
        decided = max(state.event(name).act.at for name in state.decision.opinions).date()
    return CaseSummary(
        case=state.case,
        reference=reference(state.case),
        title=current.body.title,
        unit=current.body.unit,
        owner=owner,
        tier=assessment.tier if assessment else "",
        lane=assessment.lane if assessment else "",
        stage=stage.value,
        phase=state.phase.value,
        turn=state.turn,
        cio=half(state, Office.CIO),
        ciso=half(state, Office.CISO),
        revision=current.number,
        filed=state.event(state.case).act.at.date(),
        decided=decided,
        expires=terms.expires if terms else None,
        due=first.day if first else None,
        newest=max(event.act.at for event in state.events if event.judgement.force in WITH_A_SAY),
        alarms=sum(map(len, _alarms(state))),
        waiting=len(state.missing),
        asked=current.body.stage.value,
        since=began.day,
        clock=clock,
        due_what=first.what.value if first else "",
        due_of=first.of[0] if first else "",
        due_text=first.text if first else "",
        text=_text(state),
        stop=stop.sentence if stop else None,
        record=record_group(state).value,
        purpose=assessment.purpose if assessment else "",
        conditions=tuple(condition.text for condition in terms.conditions) if terms else (),
        successor=" ".join(state.passed.successors),
        parties=" ".join(current.parties),
        waived=(gravest(terms.waivers) or "") if terms else "",
        asks=asks(state, owner, began.day, clock),
    )


def unseen_decisions(state: CaseState) -> tuple[str, ...]:
    """Revisions that hold a decision their author had not seen."""
    return tuple(sorted({name for name, _ in state.unseen}))


def _alarms(state: CaseState) -> tuple[Sized, ...]:
    return (
        state.forks,
        state.unreadable,
        refused_seals(state),
        contradicting_seals(state),
        unseen_decisions(state),
    )


def refused_seals(state: CaseState) -> tuple[tuple[str, Reason], ...]:
    """(act, reason) of seals that are not good, though the signer of an opinion here wrote them: an accident of their
    program, or an attempt. What strangers seal is noise.
    """
    officers = {
        event.act.person
        for event in state.events
        if isinstance(event.body, OpinionBody) and event.judgement.force in WITH_A_SAY
    }
    return tuple(
        (event.act.id, event.judgement.reason)
        for event in state.events
        if isinstance(event.body, SealedBody)
        and event.judgement.force is Force.IGNORED
        and event.judgement.reason is not None
        and event.act.person in officers
    )


def contradicting_seals(state: CaseState) -> tuple[tuple[str, str], ...]:
    """(act, SHA-256 of its file) of good seals that were made apart from each other over different files."""
    return tuple(
        (name, body.record.sha256)
        for group in state.seals
        if len(group) > 1
        for name in group
        if isinstance(body := state.event(name).body, SealedBody)
    )


def later_notes(state: CaseState) -> tuple[tuple[str, str, int], ...]:
    """(kind, person, how many) of the notes that a newer version wrote here; they change nothing."""
    counted = Counter(
        (event.act.kind, event.act.person)
        for event in state.events
        if event.judgement.force is Force.NOTE and event.kind is None
    )
    return tuple((kind, person, count) for (kind, person), count in sorted(counted.items()))


SUSPENDS = "suspend"
"""The half of the ring of an office that suspends what both had agreed on."""


def half(state: CaseState, office: Office) -> str:
    """One half of the ring. Only a decision closes it: two approvals that decide nothing leave the gap to see."""
    if state.decision and state.decision.outcome is Outcome.APPROVED:
        return Position.APPROVE.value
    if state.phase is Phase.SUSPENDED:
        # Both had agreed; the half of the office that suspends it is the one that is broken.
        holds = any(item.open and item.office is office for item in state.suspensions)
        return SUSPENDS if holds else Position.APPROVE.value
    found = {state.opinion(name).position for name in state.positions[office]}
    for objection in (Position.DECLINE, Position.CHANGES):
        if objection in found:
            return objection.value
    theirs = {state.opinion(name).position for name in state.positions[office.other]}
    if Position.APPROVE not in found or (Position.APPROVE in theirs and _must_move(state, office)):
        return "open"
    return Position.APPROVE.value


def _must_move(state: CaseState, office: Office) -> bool:
    """Whether this office has to speak again although it approved: its terms cannot lead to a decision now."""
    return office.value in state.turn or not {item.value for item in Office} & set(state.turn)


def _text(state: CaseState) -> str:
    """What search reads: title, unit, answers of the newest revision, and what people wrote about it."""
    current = state.current
    parts: list[str] = []
    if current:
        parts += [reference(state.case), current.body.title, current.body.unit]
        parts += [text for answer in current.body.answers.values() for text in _texts(answer)]
    for event in state.events:
        # What strangers write must not be found as if it belonged to the case.
        if event.judgement.force in WITH_A_SAY:
            parts.append(event.searched)
    return "\n".join(part for part in parts if part)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in _texts(item)]
    return []


def is_open(phase: Phase) -> bool:
    """Whether somebody still has to do something before there is a decision."""
    return phase not in (*BOTH_SIGNED, Phase.DECLINED, Phase.WITHDRAWN, Phase.RETIRED)
