"""A list, the page of a case and what needs somebody say the same: each phase beside each person, over cases that were folded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from intake.domain.base.wording import words
from intake.domain.base.workdays import USUAL
from intake.domain.case.allowed import allowed
from intake.domain.case.asks import TodoKind
from intake.domain.case.due import next_due
from intake.domain.case.fold import CaseState
from intake.domain.case.next_act import next_act
from intake.domain.case.next_verbs import CaseViewer, NextAct, NextVerb
from intake.domain.case.phases import Phase, phase_on, phase_said
from intake.domain.case.stop import row_stop, stopped
from intake.domain.case.terms_now import terms_now
from intake.domain.case.whose_turn import turn_began, turn_ends
from intake.domain.organisation.history import RosterHistory
from tests.domain.case import test_next_act as told
from tests.domain.case import test_todo as made
from tests.domain.case.test_todo import EVERYBODY, EXPIRES, TODAY, asked, row
from tests.domain.world import Site, organisation

Made = Callable[[Site], str]
CASES: tuple[Made, ...] = (
    *(case for _, case, _ in told.TABLE),
    made.owed, made.reported, made.sent_back, made.confirmed, made.crowded, made.fitting, made.handed, made.alone, made.half,
    made.whole, made.taken, made.accepted, made.answered, made.lifted, made.acknowledged, made.ran, made.scaled_soon,
)  # fmt: skip
DAYS = (
    TODAY,
    made.CONDITION - timedelta(3),
    made.CONDITION + timedelta(1),
    made.REPORT,
    EXPIRES,
    EXPIRES + timedelta(1),
)
DAYS_OF_TIER = made.Assessed().days

LED: dict[NextVerb, set[TodoKind]] = {
    NextVerb.STOP: {TodoKind.SUSPENDED, TodoKind.EXPIRED},
    NextVerb.FILE_AGAIN: {TodoKind.CHANGES},
    NextVerb.JOIN: {TodoKind.CONFLICT},
    NextVerb.DECIDE: {TodoKind.DECIDE},
    NextVerb.ANSWER_TERMS: {TodoKind.DECIDE},
    NextVerb.SIGN_AGAIN: {TodoKind.DECIDE},
    NextVerb.LIFT: {TodoKind.LIFT},
    NextVerb.ACCEPT: {TodoKind.ACCEPT},
    NextVerb.ANSWER_OWNER: {TodoKind.ANSWER_OWNER},
    NextVerb.TAKE_OVER: {TodoKind.TAKE_OVER},
    NextVerb.HAND_OVER: {TodoKind.OWNERLESS, TodoKind.SECOND_ADMINISTRATOR},
    NextVerb.ACKNOWLEDGE: {TodoKind.ACKNOWLEDGE},
    NextVerb.COMPLETE: {TodoKind.SIGNATURE},
    NextVerb.MEET: {TodoKind.DUE, TodoKind.OVERDUE, TodoKind.SENT_BACK},
    NextVerb.CONFIRM: {TodoKind.CONFIRM},
    NextVerb.SHRINK: {TodoKind.PAST_LIMIT},
    NextVerb.REPORT: {TodoKind.FIGURES, TodoKind.FIGURES_LATE},
    NextVerb.RENEW: {TodoKind.EXPIRING, TodoKind.EXPIRING_SOON},
}
"""By which kinds of what needs somebody each act is listed."""
EARLIER = (NextVerb.MEET, NextVerb.RENEW)
"""What the page of a case leads to before it needs anybody."""
ONLY_LISTED = {
    TodoKind.DECIDED, TodoKind.GATE_READY, TodoKind.OVERDUE, TodoKind.OWNERLESS, TodoKind.EXPIRED,
}  # fmt: skip
"""What is told to people who have nothing to do in the case themselves."""
TURNS = {
    TodoKind.DECIDE,
    TodoKind.CHANGES,
    TodoKind.CONFLICT,
    TodoKind.ACCEPT,
    TodoKind.ANSWER_OWNER,
    TodoKind.SIGNATURE,
}
"""What somebody is asked for because it is their turn."""


@pytest.fixture
def site() -> Site:
    return organisation()


def leads(state: CaseState, rosters: RosterHistory, day: date) -> Iterator[tuple[str, NextAct]]:
    """Everybody who can sign, each with what leads the page for them."""
    for who in EVERYBODY:
        viewer = CaseViewer(who, allowed(state, rosters, who), state.completes(who) is not None, {})
        if not (state.passed.ownerless and state.current and who == state.current.owner):
            yield who, next_act(state, viewer, day, turn_ends(state, DAYS_OF_TIER, USUAL))


def test_every_phase_and_every_act_is_among_them(site: Site) -> None:
    assert {phase for phase, _, _ in told.TABLE} == set(Phase)
    assert set(LED) == set(NextVerb) - {NextVerb.WAIT}


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_the_list_and_the_page_of_a_case_say_the_same_day(site: Site, make: Made) -> None:
    case = make(site)
    state, listed, rosters = site.state(case), row(site, case), site.history()
    began, terms = turn_began(state), terms_now(state)
    assert began is not None

    assert (listed.since, listed.clock) == (began.day, turn_ends(state, DAYS_OF_TIER, USUAL))
    if listed.turn and listed.clock:
        due = next_due(listed)
        assert due is not None
        assert (due.day, due.of) == (listed.clock, state.turn)
    for day in DAYS:
        stop, said = stopped(state, day), row_stop(listed, day)
        assert phase_on(listed, day) == phase_said(state.phase, terms.expires if terms else None, day)
        assert words(said) == (words(stop.sentence) if stop and stop.running else "")
        for who, act in leads(state, rosters, day):
            if state.turn:
                assert act.since == listed.since
            if act.of == state.turn and state.turn:
                assert act.until == listed.clock
            for item in asked(site, listed, who, day):
                if item.kind in TURNS:
                    assert (item.since, item.until) == (listed.since, listed.clock)


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_what_leads_the_page_of_a_case_is_on_the_list_and_nobody_else_is_asked(site: Site, make: Made) -> None:
    case = make(site)
    state, listed, rosters = site.state(case), row(site, case), site.history()

    for day in DAYS:
        for who, act in leads(state, rosters, day):
            kinds = {item.kind for item in asked(site, listed, who, day)}
            if act.verb is NextVerb.WAIT:
                assert kinds <= ONLY_LISTED, (who, day)
            elif not (act.verb in EARLIER and not kinds):
                assert kinds & LED[act.verb], (who, day, act.verb)
