"""What a day adds to a state, and what one row of the register says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.commitment import condition_of
from intake.domain.case.fold import CaseState
from intake.domain.case.status import roster_expired, status
from intake.domain.case.summary import is_open, reference, summarise
from intake.domain.terms import terms as agreed
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, START, Site, organisation, terms

EXPIRES = terms().expires
LATE, SOON = Condition(date(2027, 1, 1), "ada", "Train the users"), Condition(date(2027, 3, 1), "ada", "Report")


@dataclass(frozen=True)
class Tier:
    tier: str = "limited"
    lane: str = "joint"
    days: int = 10
    purpose: str = ""


@pytest.fixture
def site() -> Site:
    return organisation()


def decided(site: Site, *conditions: Condition) -> CaseState:
    case = site.revision().id
    given_terms = agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), conditions, terms().begins, EXPIRES)
    for who, office in (("cleo", Office.CIO), ("dan", Office.CISO)):
        site.opinion(who, office, case, case, Position.APPROVE, given_terms)
    site.accept("ada", case)
    return site.state(case)


@pytest.mark.parametrize(("days", "may_run", "left"), [(-10, True, 10), (0, True, 0), (1, False, -1)])
def test_an_approval_runs_through_its_last_day(site: Site, days: int, may_run: bool, left: int) -> None:
    found = status(decided(site), EXPIRES + timedelta(days))

    assert (found.may_run, found.expired, found.days_left) == (may_run, not may_run, left)
    assert found.stage is Stage.PILOT


def test_conditions_are_overdue_the_day_after_they_were_due(site: Site) -> None:
    state = decided(site, LATE, SOON)

    assert status(state, LATE.due).overdue == ()
    assert status(state, LATE.due + timedelta(1)).overdue == (condition_of(LATE),)
    assert status(state, SOON.due + timedelta(1)).overdue == (condition_of(LATE), condition_of(SOON))


@pytest.mark.parametrize("objection", [Position.CHANGES, Position.DECLINE])
def test_a_suspended_case_may_not_run(site: Site, objection: Position) -> None:
    state = decided(site)
    site.ciso(state.case, position=objection)

    found = status(site.state(state.case), START.date())

    assert (found.may_run, found.stage, found.days_left) == (False, Stage.IDEA, None)


def test_a_case_without_a_decision_may_not_run(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)

    assert not status(site.state(case), START.date()).may_run


def test_a_declined_case_may_not_run(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, position=Position.DECLINE)

    assert not status(site.state(case), START.date()).may_run


def test_terms_that_hold_from_before_the_filing_are_odd(site: Site) -> None:
    case = site.revision().id
    site.clock += timedelta(days=5)
    again = site.revision(case=case).id
    signed = site.ciso(case, again)

    odd = status(site.state(case), site.clock.date()).odd

    assert [(name, why.code) for name, why in odd] == [(signed.id, "FirstDayUnaskedSigned")]


def test_an_act_that_claims_an_earlier_time_than_what_it_names_is_odd_and_changes_nothing(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.clock = site.clock.replace(year=2025)
    early = site.cio(case)

    state = site.state(case)

    odd = status(state, START.date()).odd
    assert [(name, why.code) for name, why in odd] == [
        (early.id, "EarlierThanNamed"), (early.id, "FirstDayFarOffSigned"),
    ]  # fmt: skip
    assert state.in_force is not None


@pytest.mark.attack("a clock that is years off", refusal="it orders nothing")
@pytest.mark.parametrize("year", [1990, 2027])
def test_a_clock_that_is_off_changes_no_decision_while_the_roster_holds(site: Site, year: int) -> None:
    case = site.revision().id
    site.clock = site.clock.replace(year=year)
    site.ciso(case)
    site.cio(case)

    assert site.state(case).in_force is not None


def test_the_day_changes_the_status_and_never_the_state(site: Site) -> None:
    state = decided(site)
    before = replace(state)

    status(state, date(2000, 1, 1))
    status(state, date(2100, 1, 1))

    assert state == before


def test_an_expired_roster_is_told_by_the_day_and_objections_still_count(site: Site) -> None:
    follow(site, PEOPLE, expires=date(2026, 12, 31))
    case = site.revision().id
    history = site.history()

    assert not roster_expired(history, date(2026, 12, 31))
    assert roster_expired(history, date(2027, 1, 1))

    site.clock = site.clock.replace(year=2027)
    site.ciso(case, position=Position.DECLINE)
    assert site.state(case).decision is not None


def test_a_rival_roster_that_has_expired_blocks_too(site: Site) -> None:
    away = site.fork("away")
    follow(site, PEOPLE, expires=date(2026, 12, 31))
    follow(away, PEOPLE, expires=date(2028, 12, 31))

    assert roster_expired(site.take(away).history(), date(2027, 6, 1))


# -------------------------------------------------------------------------------------------------- summary


def test_a_reference_is_short_and_free_of_letters_that_look_alike() -> None:
    assert reference("0" * 64) == "UC-0000-0000-0000"
    assert reference("f" * 64) == "UC-ZZZZ-ZZZZ-ZZZZ"


@given(st.binary(min_size=32, max_size=32))
def test_a_reference_spells_the_first_sixty_bits_of_the_case_id(raw: bytes) -> None:
    said = reference(raw.hex())
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    number = 0
    for letter in said.removeprefix("UC-").replace("-", ""):
        number = number * 32 + digits.index(letter)

    assert number == int.from_bytes(raw[:8], "big") >> 4


def test_a_case_in_review_has_two_open_halves(site: Site) -> None:
    row = summarise(site.state(site.revision().id), Tier())

    assert row is not None
    assert (row.cio, row.ciso, row.phase, row.turn) == ("open", "open", "review", ("cio", "ciso"))
    assert (row.tier, row.lane, row.stage) == ("limited", "joint", "idea")
    assert (row.decided, row.expires, row.due) == (None, None, None)


@pytest.mark.parametrize("position", list(Position))
def test_one_half_shows_what_its_office_said(site: Site, position: Position) -> None:
    case = site.revision().id
    site.ciso(case, position=position)

    row = summarise(site.state(case), None)

    assert row is not None
    assert (row.cio, row.ciso) == ("open", position.value)


def test_a_decision_closes_the_ring_and_names_the_first_day_something_is_due(site: Site) -> None:
    row = summarise(decided(site, LATE, SOON), None)

    assert row is not None
    assert (row.cio, row.ciso, row.stage) == ("approve", "approve", "pilot")
    assert (row.expires, row.due, row.decided) == (EXPIRES, LATE.due, START.date())


def test_different_terms_leave_the_half_open_whose_turn_it_is(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    site.cio(case, users=50)

    row = summarise(site.state(case), None)

    assert row is not None
    assert (row.cio, row.ciso, row.turn) == ("approve", "open", ("ciso",))


def test_one_signature_fills_one_half(site: Site) -> None:
    case = site.revision().id
    site.cio(case)

    row = summarise(site.state(case), None)

    assert row is not None
    assert (row.cio, row.ciso) == ("approve", "open")


def test_approvals_that_are_held_leave_both_halves_open(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    one = site.revision(case=case)
    away.revision(case=case, title="Meeting minutes")
    site.take(away)
    site.cio(case, one.id)
    site.ciso(case, one.id)

    row = summarise(site.state(case), None)

    assert row is not None
    assert (row.cio, row.ciso) == ("open", "open")


def test_a_contest_opens_both_halves(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case, users=20)
    away.cio(case, users=50)
    left, right = site.fork("left").take(away), site.fork("right").take(away)
    left.ciso(case, users=50)
    right.cio(case, users=20)

    row = summarise(site.take(left, right).state(case), None)

    assert row is not None
    assert (row.cio, row.ciso) == ("open", "open")


def test_a_case_without_a_revision_that_counts_has_no_row(site: Site) -> None:
    opening = site.revision("zoe")

    assert summarise(site.state(opening.id), None) is None


def test_search_reads_title_answers_comments_and_reasons(site: Site) -> None:
    opening = site.revision(answers={"a": "Alpha", "b": ["Beta", {"c": "Gamma"}], "d": 4})
    site.comment("eve", opening.id)
    site.ciso(opening.id, position=Position.CHANGES)

    row = summarise(site.state(opening.id), None)

    assert row is not None
    assert {"Meeting notes", "Finance", "Alpha", "Beta", "Gamma", "Hello", "Because", row.reference} <= set(
        row.text.split("\n")
    )


def test_a_stranger_can_neither_be_found_nor_move_a_case_to_the_top(site: Site) -> None:
    case = site.revision().id
    before = summarise(site.state(case), None)
    site.clock = site.clock.replace(year=2999)
    site.act("zoe", "comment", {"text": "Buy now", "about": ""}, case=case)

    assert summarise(site.state(case), None) == before


def test_an_alarm_and_a_wait_are_counted(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    site.opinion("cleo", Office.CIO, case, case, seq=approval.seq, prev=approval.prev)
    gone = site.comment("eve", case)
    site.comment("eve", case)
    del site.acts[gone.id]

    row = summarise(site.state(case), None)

    assert row is not None
    assert (row.alarms, row.waiting) == (1, 1)


def test_only_a_finished_case_is_not_open(site: Site) -> None:
    case = site.revision().id
    assert is_open(site.state(case).phase)

    site.withdraw("ada", case)
    assert not is_open(site.state(case).phase)


def test_a_day_that_is_still_to_come_is_odd_until_it_has_come(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.clock += timedelta(200)
    ahead = site.ciso(case)
    state = site.state(case)

    def odd(day: date) -> list[tuple[str, str]]:
        return [(act, words(why)) for act, why in status(state, day).odd]

    # Of the same clock, and whatever the day: its terms begin far from the day it claims.
    far = (ahead.id, "its terms hold from a day far from the one on which it was signed")
    assert odd(START.date()) == [far, (ahead.id, "it claims a day that is still to come")]
    assert odd(ahead.at.date()) == [far]
