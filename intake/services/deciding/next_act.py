"""The next act of somebody at a case, with what this installation knows of it: the clock, and copies of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import together
from intake.domain.case.allowed import allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.next_act import next_act
from intake.domain.case.next_verbs import CaseViewer, NextAct
from intake.domain.case.whose_turn import turn_ends
from intake.services.deciding.recording import may_complete
from intake.services.installation.installation import Installation
from intake.services.organisation.offices import stuck


def next_for(installation: Installation, state: CaseState, person: str) -> NextAct:
    """What ``person`` does next with this case, also with one of which nothing counts yet."""
    rosters = installation.rosters
    people = {item.commitment.owner for item in state.commitments} if state.bound else set()
    people |= {name for item in state.commitments for name in _signed(state, item.reports)}
    people |= {state.current.owner} if state.current else set()
    people |= {name for item in state.passed.hand_overs for name in (item.successor, *_signed(state, item.acts))}
    viewer = CaseViewer(
        person=person,
        may=allowed(state, rosters, person),
        completes=may_complete(installation, state, person),
        names={one: rosters.name(one) for one in people},
    )
    found = next_act(state, viewer, installation.clock().date(), clock_of(installation, state))
    # Before whose turn it is: nobody can take it.
    return replace(found, why=together(stuck(installation, state), found.why))


def _signed(state: CaseState, acts: Iterable[str]) -> Iterator[str]:
    return (state.event(name).act.person for name in acts)


def clock_of(installation: Installation, state: CaseState) -> date | None:
    """The day until which those whose turn it is have time, as in the lists; None where this program cannot tell."""
    if state.current is None or not state.turn:
        return None
    try:
        days = installation.assessed(state.current)[1].path.days
    except Refusal:
        # Without its playbook nobody knows how long they have; everything else is still known.
        return None
    return turn_ends(state, days, installation.workdays)
