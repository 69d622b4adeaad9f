"""What an installation says about everything it holds, as plain JSON: what no later version may say otherwise.

Only values are here, no words: a later version may say things better, and may say more.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.notice import NoticeBody
from intake.domain.acts.kinds.opinion import OpinionBody
from intake.domain.acts.kinds.withdraw import WithdrawBody
from intake.domain.case.decision import Decision
from intake.domain.case.fold import CaseState
from intake.domain.case.summary import summarise
from intake.domain.playbook import answers
from intake.services.installation.installation import AssessmentFacts, Installation, purpose_of
from intake.services.organisation import literacy
from intake.services.proving import verifying
from intake.trust.acts import verify_act


def said_by(installation: Installation, *, judged: bool = True) -> dict[str, Any]:
    """Acts, people, training and cases by their ids; ``judged`` with the verdict on each record, which takes time."""
    acts = [(blob_id, verify_act(blob).act) for _, blob_id, blob in installation.register.queries.every_act()]
    cases = sorted({act.case_id for _, act in acts if act.case_id})
    return {
        "acts": {act.id: f"{blob_id} {act.kind} {act.person}" for blob_id, act in acts},
        "rosters": _rosters(installation),
        "training": sorted([item.person, item.act, *item.chapters] for item in literacy.records(installation)),
        "cases": {case: _case(installation, installation.state(case), judged) for case in cases},
    }


def _rosters(installation: Installation) -> dict[str, Any]:
    history = installation.rosters
    return {
        "in-force": [item.id for item in history.in_force],
        "chain": {name: listed.roster.version for name, listed in sorted(history.chain.items())},
        "pending": len(history.pending),
        "people": [
            [
                person.id,
                person.name,
                sorted(f"{grant.role}{'' if grant.period.open else ' ended'}" for grant in person.grants),
            ]
            for person in (history.newest.people if history.newest else ())
        ],
        "playbooks": [[item.sha256, item.engine] for item in history.in_force[0].roster.playbooks],
    }


def _case(installation: Installation, state: CaseState, judged: bool) -> dict[str, Any]:
    current = state.current
    assert current is not None
    playbook, assessment = installation.assessed(current)
    facts = AssessmentFacts(
        assessment.tier.value,
        assessment.path.lane.value,
        assessment.path.days,
        purpose_of(playbook, answers.from_json(current.body.answers)),
    )
    return {
        "summary": _plain(asdict(summarise(state, facts))),  # type: ignore[arg-type]  # it has a revision, so a row
        "assessment": [assessment.digest, assessment.engine, current.body.playbook],
        "forces": {event.act.id: event.judgement.force.value for event in state.events},
        "terms": {
            event.act.id: [event.body.terms_digest, event.body.assessment]
            for event in state.events
            if isinstance(event.body, OpinionBody)
        },
        "newest": list(state.newest),
        "remarks": list(state.remarks),
        "missing": list(state.missing),
        "decision": _decision(state.decision),
        "in-force": _decision(state.in_force),
        "runs": _runs(state),
        "records": {
            act.id: [record, *([_verdict(installation, record)] if judged else [])] for act, record in records(state)
        },
    }


def _runs(state: CaseState) -> dict[str, Any]:
    """What is known of what runs, and what stops it."""
    accepted, figures = state.acceptance, state.figures
    return {
        "accepted": accepted.by if accepted else "",
        "commitments": {item.commitment.id: [item.progress.value, *item.acts] for item in state.commitments},
        "figures": [figures.users, *figures.costs] if figures else [],
        "suspensions": {
            item.act: [item.open, item.disowned, *(act for _, act in item.lifted)] for item in state.suspensions
        },
        "ended": [*state.closing.acts, *(act for _, act in state.closing.acknowledged)],
        "owners": [sorted(state.owners), list(state.passed.claimants)],
    }


def records(state: CaseState) -> list[tuple[Act, str]]:
    """Every file that carries a signature, of an office or an owner: the act that names it and its SHA-256."""
    found = [
        (event.act, event.body.record.sha256)
        for event in state.events
        if isinstance(event.body, OpinionBody | WithdrawBody | NoticeBody) and event.body.record
    ]
    sealed = state.decision or state.in_force
    if sealed and sealed.record and sealed.sealed_by:
        found.append((state.event(sealed.sealed_by).act, sealed.record.sha256))
    return found


def _verdict(installation: Installation, sha256: str) -> str:
    pdf = installation.register.queries.blob(sha256)
    assert pdf is not None
    return verifying.verify(installation, pdf).indication.value


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {
        "outcome": decision.outcome.value,
        "revision": decision.revision,
        "terms": decision.terms.digest if decision.terms else "",
        "assessment": decision.assessment,
        "opinions": list(decision.opinions),
        "record": decision.record.sha256 if decision.record else "",
        "record-state": decision.record_state.value,
        "sealed-by": decision.sealed_by,
    }


def _plain(value: Any) -> Any:
    """As JSON reads it back."""
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
