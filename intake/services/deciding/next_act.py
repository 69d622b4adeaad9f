"""The next act of somebody at a case, with what this installation knows of it: the clock, and copies of the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from intake.domain.acts.kinds import Office
from intake.domain.base.refusals import Refusal
from intake.domain.case.allowed import allowed
from intake.domain.case.due import clock_ends
from intake.domain.case.fold import CaseState
from intake.domain.case.next_act import CaseViewer, NextAct, next_act
from intake.domain.case.stop import stopped_by_acts
from intake.domain.case.terms_now import terms_now
from intake.services.deciding.recording import may_complete
from intake.services.installation.installation import Installation


def next_for(installation: Installation, state: CaseState, person: str) -> NextAct:
    """What ``person`` does next with this case, also with one of which nothing counts yet."""
    rosters = installation.rosters
    terms = terms_now(state)
    people = {item.owner for item in terms.conditions} if terms else set()
    people |= {state.current.owner} if state.current else set()
    people |= {name for item in state.passed.hand_overs for name in (item.successor, *_signed(state, item.acts))}
    viewer = CaseViewer(
        person=person,
        may=allowed(state, rosters, person),
        completes=may_complete(installation, state, person),
        names={one: rosters.name(one) for one in people},
    )
    return next_act(state, viewer, installation.clock().date(), clock_of(installation, state))


def _signed(state: CaseState, acts: Iterable[str]) -> Iterator[str]:
    return (state.event(name).act.person for name in acts)


def clock_of(installation: Installation, state: CaseState) -> date | None:
    """The day until which the offices are to decide on the newest revision; None where this program cannot tell."""
    if state.current is None or not {office.value for office in Office} & set(state.turn):
        return None
    stop = stopped_by_acts(state)
    if stop and stop.running:
        return None  # as in the lists: what was to be decided by a day was decided, and what stopped it gives none
    try:
        days = installation.assessed(state.current)[1].path.days
    except Refusal:
        # Without its playbook nobody knows how long they have; everything else is still known.
        return None
    return clock_ends(state.event(state.current.id).act.at.date(), days)
