"""What each office says of a case: its newest opinion, on the newest revision or on an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.case.event import Event
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.terms.terms import NewerTerms, Terms


@dataclass(frozen=True, slots=True)
class OfficePosition:
    """``person`` is the id of who gave it, ``given_on`` the number of the revision it is about, 0 when that is not here.

    ``newer`` are terms that only a newer version can read; ``terms`` is None then.
    """

    office: Office
    person: str
    position: Position
    terms: Terms | None
    newer: NewerTerms | None
    reason: str
    given_on: int
    outdated: bool
    day: date


@dataclass(frozen=True, slots=True)
class HeldTerms:
    """Terms an office has signed. Where only a newer version can read them ``terms`` is None, and the digest says which."""

    digest: str
    terms: Terms | None


def held_by(state: CaseState, office: Office) -> tuple[HeldTerms, ...]:
    """The terms an office holds on the newest revision, those it signed last first.

    More than one stands there only while opinions of the office contradict each other, and then one of them may be an
    objection besides: who asks for one set of terms takes the first.
    """
    heads = state.positions[office]
    bodies = (event.body for event in reversed(state.events) if event.act.id in heads)
    return tuple(
        HeldTerms(body.terms_digest, body.terms)
        for body in bodies
        if isinstance(body, OpinionBody) and body.terms_digest
    )


def terms_held(state: CaseState, office: Office) -> Terms | None:
    """The terms an office holds on the newest revision, as far as this version can read them."""
    return next((held.terms for held in held_by(state, office) if held.terms), None)


def said_by(state: CaseState, office: Office) -> list[Event]:
    """The opinions of an office that have a say, in the order of the case: what others sign in its name is none of them."""
    return [
        event
        for event in state.events
        if isinstance(event.body, OpinionBody)
        and event.body.office is office
        and event.judgement.force in (Force.COUNTS, Force.OBJECTS, Force.UNJUDGED)
    ]


def newest_position(state: CaseState, office: Office) -> OfficePosition | None:
    """None while the office has said nothing that has a say."""
    every = said_by(state, office)
    heads = state.positions[office]
    newest = next((event for event in reversed(every) if event.act.id in heads), every[-1] if every else None)
    if newest is None or not isinstance(newest.body, OpinionBody):
        return None
    body = newest.body
    known = {item.id: item.number for item in state.revisions}
    return OfficePosition(
        office=office,
        person=newest.act.person,
        position=body.position,
        terms=body.terms,
        newer=body.newer,
        reason=body.reason,
        given_on=known.get(body.revision, 0),
        outdated=body.revision != (state.current.id if state.current else ""),
        day=newest.act.at.date(),
    )
