"""A use that its owner ends: at once, until a revision that knows of it, and with what becomes of what it leaves behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.domain.acts.kinds import KINDS, Office
from intake.domain.acts.kinds.acknowledged import ACKNOWLEDGED, AcknowledgedBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase, RecordGroup
from intake.domain.case.record_group import record_group
from intake.domain.case.standings import End, Worth, case_standing
from intake.domain.case.status import status
from intake.domain.case.stop import StopWhy, stopped
from intake.domain.case.summary import is_open, summarise
from intake.domain.organisation.roster import Grant, Period, Role
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, SINCE, START, Site, organisation, person

TODAY = START.date() + timedelta(days=1)


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.fixture
def decided(site: Site) -> str:
    case = site.revision().id
    first, second = site.ciso(case), site.cio(case)
    site.seal("cleo", case, second, first)
    return case


def acknowledge(site: Site, who: str, office: Office, case: str, retirement: str) -> str:
    return site.act(who, ACKNOWLEDGED.name, AcknowledgedBody(office, retirement).as_json(), case=case).id


def test_it_ends_everything_at_once(site: Site, decided: str) -> None:
    act = site.retire("ada", decided)

    state = site.state(decided)
    stop = stopped(state, TODAY)
    row = summarise(state, None)

    assert (state.phase, state.in_force, state.turn, state.closing.acts) == (Phase.RETIRED, None, (), (act.id,))
    assert not status(state, TODAY).may_run
    assert stop is not None
    assert row is not None
    assert (stop.why, words(stop.sentence)) == (
        StopWhy.RETIRED,
        "The approval does not hold: the use was retired on 2026-11-22.",
    )
    assert (record_group(state), row.phase, row.record, is_open(state.phase)) == (
        RecordGroup.RETIRED, "retired", "retired", False,
    )  # fmt: skip


def test_what_was_signed_says_what_ended_it(site: Site, decided: str) -> None:
    act = site.retire("ada", decided)

    state = site.state(decided)

    approval = next(event.act.id for event in state.events if event.act.person == "dan")
    standings = [case_standing(state, name) for name in (decided, approval)]
    assert [(item.worth, item.end, item.by) for item in standings] == [(Worth.ENDED, End.RETIRED, (act.id,))] * 2


def test_a_revision_that_knows_of_it_opens_the_case_again(site: Site, decided: str) -> None:
    act = site.retire("ada", decided)
    later = site.revision(case=decided)

    state = site.state(decided)

    assert (state.phase, state.heads, state.in_force) == (Phase.REVIEW, (later.id,), None)
    assert case_standing(state, act.id).end is End.REOPENED
    site.ciso(decided, later.id)
    site.cio(decided, later.id)
    assert site.state(decided).phase is Phase.DECIDED


def test_a_decision_beside_it_does_not_run(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case)
    site.cio(case)
    away.retire("ada", case)

    state = site.take(away).state(case)

    assert (state.phase, state.in_force) == (Phase.RETIRED, None)


def test_a_withdrawal_beside_it_leaves_it_retired(site: Site, decided: str) -> None:
    away = site.fork("away")
    retirement = site.retire("ada", decided)
    away.withdraw("ada", decided, stream="7" * 32)
    site.take(away)

    state = site.state(decided)

    assert (state.phase, state.closing.retirement, len(state.closing.acts)) == (Phase.RETIRED, retirement.id, 2)


def test_it_counts_although_what_it_names_is_not_here(site: Site, decided: str) -> None:
    act = site.retire("ada", decided, after=["f" * 64])

    assert site.state(decided).event(act.id).judgement.force is Force.OBJECTS
    assert site.state(decided).phase is Phase.RETIRED


@pytest.mark.attack("a retirement by a stranger, by a submitter or by a former owner", refusal="IGNORED")
@pytest.mark.parametrize("who", ["finn", "ada", "cleo"], ids=["administrator", "submitter", "office"])
def test_only_who_answers_for_it_retires_it(site: Site, who: str) -> None:
    case = site.revision("ada", owner="eve").id

    act = site.retire(who, case)

    state = site.state(case)
    assert (state.event(act.id).judgement.force, state.phase) == (Force.IGNORED, Phase.REVIEW)


@pytest.mark.attack("a retirement by a stranger, by a submitter or by a former owner", refusal="IGNORED")
def test_who_gave_it_away_does_not_retire_it(site: Site, decided: str) -> None:
    site.hand_over("ada", decided, "eve")
    site.take_over("eve", decided)

    acts = site.retire("ada", decided), site.withdraw("ada", decided), site.revision("ada", decided)

    state = site.state(decided)
    assert [state.event(act.id).judgement.force for act in acts] == [Force.IGNORED] * 3
    assert state.phase is Phase.DECIDED


def test_a_rostered_successor_retires_it(site: Site, decided: str) -> None:
    gus = person("gus", Grant(Role.OWNER, decided, False, Period(SINCE, None, "")))
    follow(site, [*PEOPLE, gus])

    site.retire("gus", decided)

    assert site.state(decided).phase is Phase.RETIRED


def test_nothing_to_do_is_said_and_not_left_out(site: Site, decided: str) -> None:
    act = site.retire("ada", decided)

    body = KINDS.read(act)

    assert body.left_behind == (("data", "Deleted"), ("access", ""), ("model", "Switched off"), ("contract", "Ended"))


# -------------------------------------------------------------------------------------------------- acknowledged


def test_each_office_acknowledges_it_and_nothing_changes(site: Site, decided: str) -> None:
    act = site.retire("ada", decided)
    before = site.state(decided)
    note = acknowledge(site, "dan", Office.CISO, decided, act.id)

    state = site.state(decided)

    assert state.closing.acknowledged == ((Office.CISO, note),)
    assert state.event(note).judgement.force is Force.NOTE
    assert (state.phase, state.turn, state.newest) == (before.phase, before.turn, before.newest)


@pytest.mark.parametrize(("who", "office"), [("eve", Office.CISO), ("cleo", Office.CISO)])
def test_no_other_person_speaks_for_an_office(site: Site, decided: str, who: str, office: Office) -> None:
    act = site.retire("ada", decided)

    acknowledge(site, who, office, decided, act.id)

    assert site.state(decided).closing.acknowledged == ()


def test_an_objection_after_it_is_a_word_of_its_own(site: Site, decided: str) -> None:
    site.retire("ada", decided)

    site.ciso(decided, position=Position.DECLINE)

    assert site.state(decided).phase is Phase.RETIRED
