"""Making a statement of standing: what became of a record, signed by the records team or an office, for people without a register."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.acts.checkpoint import tips
from intake.domain.acts.envelope import MAX_AFTER
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState
from intake.domain.case.standing_said import KnownBy, StandsToday
from intake.domain.case.statement import STATED, StandingStatement
from intake.services.deciding.records_at_hand import AtHand, Judge, at_hand
from intake.services.installation.act_writer import NotListed
from intake.services.installation.installation import APP, Installation, PersonWithKey
from intake.services.organisation.unread_rosters import roster_unread
from intake.services.proving.anchors import anchor_of_register
from intake.services.proving.standing_today import standing_of
from intake.services.proving.statements import STATING
from intake.trust.statements import VerifiedStatement, sign_statement


class MayNotState(Refusal):
    what = "You cannot sign a statement of standing of this record."
    why = (
        "It is signed by the records team, or by who holds an office for this use case, so that others can rely on it."
    )
    next = "Ask one of them for it. What became of the record is on its page all the same."


class NothingToState(Refusal):
    what = "This use case has no finished record to state anything of."
    why = "A statement names one sealed record, or that of a decline or a withdrawal, by its SHA-256."
    next = "Come back when it is decided and sealed."


class StandingUnclear(Refusal):
    what = "What became of this record cannot be stated: {said}"
    why = "Others rely on a statement where they know nothing else, so nobody signs what they do not know."
    next = "Fetch from the exchange, then try again."


class TooManyStreams(Refusal):
    what = "More than {limit} installations have written in this use case, so no statement of standing names them all."
    why = "A statement says what it had seen, so that others can tell which picture is newer."
    next = "Export the use case as a package instead: it holds the acts themselves."


@dataclass(frozen=True, slots=True)
class ToState:
    """What would be stated of which record. ``seen`` is the state of the case that it was found in."""

    record: AtHand
    found: StandsToday
    state: CaseState


def may_state(installation: Installation, state: CaseState, person: str, fingerprint: str) -> bool:
    """Whether this person may state what became of records of this case, by the rosters in force."""
    rosters, unit = installation.rosters, state.current.body.unit if state.current else ""
    return rosters.listed(person, fingerprint) and any(
        rosters.holds(person, role, unit=unit, case=state.case) for role in STATING
    )


def to_state(installation: Installation, case: str, judge: Judge, only: str = "") -> ToState:
    """What there is to state. Raises NothingToState, StandingUnclear, or what ``records_at_hand.at_hand`` does."""
    state = installation.folded(case)
    record = at_hand(installation, case, judge, only)
    if record.said is not None and not record.earlier:
        raise NothingToState
    if unread := roster_unread(installation.rosters):
        raise unread
    found = standing_of(state, record.attachment.sha256, anchor_of_register(installation))
    if found.stands.standing not in STATED or found.known_on.day is None:
        raise StandingUnclear(said=found.said)
    return ToState(record, found, state)


def require_stating(installation: Installation, state: CaseState, person: str, fingerprint: str) -> None:
    """Raises NotListed or MayNotState, before anybody types a passphrase."""
    if not installation.rosters.listed(person, fingerprint):
        raise NotListed
    if not may_state(installation, state, person, fingerprint):
        raise MayNotState


def state_standing(installation: Installation, signer: PersonWithKey, what: ToState) -> VerifiedStatement:
    """Sign it. Raises as ``require_stating``, and TooManyStreams."""
    require_stating(installation, what.state, signer.person, signer.key.fingerprint)
    heads = tuple(sorted(act.id for act in tips(event.act for event in what.state.events)))
    if len(heads) > MAX_AFTER:
        raise TooManyStreams(limit=MAX_AFTER)
    known = what.found.known_on
    assert known.day is not None
    # A picture by acts that came after the newest checkpoint is as old as the newest of them.
    by, day = (KnownBy.ACT, known.acts) if known.acts is not None else (known.by, known.day)
    return sign_statement(
        signer.key,
        StandingStatement(
            org=installation.register.org,
            roster=installation.rosters.in_force[0].id,
            person=signer.person,
            signer=signer.key.fingerprint,
            at=installation.clock(),
            app=APP,
            case=what.state.case,
            record=what.record.attachment.sha256,
            stands=what.found.stands,
            known_on=day,
            known_by=by,
            heads=heads,
        ),
    )
