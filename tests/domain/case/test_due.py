"""What is due next in a case, and the order of all lists that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.due import Due, DueWhat, due_of_terms, next_due, press_key, tier_key
from intake.domain.case.phases import Phase
from intake.domain.case.summary import CaseSummary, summarise
from intake.domain.terms import terms as agreed
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage
from intake.domain.terms.tier import Tier
from tests.domain.world import START, Site, organisation, terms

EXPIRES = terms().expires
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
TURNS = st.sampled_from([(), ("owner",), ("cio",), ("ciso",), ("cio", "ciso"), ("records",)])


@dataclass(frozen=True)
class Listed:
    """A row of a list, as far as orders look."""

    reference: str = "UC-7KQ2-91MD-4XTB"
    tier: str = "limited"
    phase: str = "review"
    turn: tuple[str, ...] = ("cio",)
    since: date = date(2026, 11, 1)
    clock: date | None = date(2026, 11, 20)
    due: date | None = None
    due_what: str = ""
    due_of: str = ""
    due_text: str = ""


@st.composite
def listed(draw: st.DrawFn) -> Listed:
    turn, due = draw(TURNS), draw(st.none() | DAYS)
    return Listed(
        reference=draw(st.from_regex(r"UC-[0-9A-Z]{4}-[0-9A-Z]{4}", fullmatch=True)),
        tier=draw(st.sampled_from([*map(str, Tier), "", "newer"])),
        phase=draw(st.sampled_from([*map(str, Phase)])),
        turn=turn,
        since=draw(DAYS),
        clock=draw(st.none() | DAYS) if turn else None,
        due=due,
        due_what=draw(st.sampled_from(["condition", "expiry"])) if due else "",
    )


def meant(row: Listed) -> tuple[int, int, str]:
    """The order in other words: by day, then from the highest tier, then by reference."""
    day = (row.clock or row.since) if row.turn else row.due
    rank = 3 if row.tier not in set(Tier) else Tier(row.tier).rank
    return day.toordinal() if day else date.max.toordinal() + 1, -rank, row.reference


@given(st.lists(listed(), max_size=12))
def test_the_key_orders_by_day_then_tier_then_reference(rows: list[Listed]) -> None:
    assert [meant(row) for row in sorted(rows, key=press_key)] == sorted(meant(row) for row in rows)


@given(st.lists(listed(), min_size=2, max_size=8, unique_by=lambda row: row.reference), st.randoms())
def test_the_order_is_total_stable_and_the_same_from_any_beginning(rows: list[Listed], chance) -> None:
    ordered = sorted(rows, key=press_key)
    mixed = list(rows)
    chance.shuffle(mixed)

    assert sorted(mixed, key=press_key) == ordered
    assert all(press_key(one) < press_key(two) for one, two in pairwise(ordered))
    assert len({press_key(row) for row in rows}) == len(rows)


@given(listed(), listed(), listed())
def test_the_order_is_transitive(one: Listed, two: Listed, three: Listed) -> None:
    for key in (press_key, tier_key):
        if key(one) <= key(two) <= key(three):
            assert key(one) <= key(three)


@given(listed(), listed())
def test_by_tier_the_higher_comes_first_and_within_it_what_presses(one: Listed, two: Listed) -> None:
    ranks = [meant(row)[1] for row in (one, two)]
    if ranks[0] == ranks[1]:
        assert (tier_key(one) < tier_key(two)) == (press_key(one) < press_key(two))
    else:
        assert (tier_key(one) < tier_key(two)) == (ranks[0] < ranks[1])


@given(listed())
@pytest.mark.exhaustive
def test_what_is_shown_as_due_is_what_orders(row: Listed) -> None:
    found = next_due(row)

    if found is not None and (row.clock or not row.turn):
        assert press_key(row).startswith(found.day.isoformat())


def test_an_older_clock_presses_more_than_a_higher_tier_and_a_higher_tier_more_than_none() -> None:
    over = Listed("UC-AAAA-0001", clock=date(2026, 9, 8), tier="minimal")
    high = Listed("UC-AAAA-0002", clock=date(2026, 11, 20), tier="high")
    low = Listed("UC-AAAA-0003", clock=date(2026, 11, 20), tier="minimal")
    calm = Listed("UC-AAAA-0004", turn=(), clock=None)

    assert sorted([calm, low, high, over], key=press_key) == [over, high, low, calm]


def test_a_time_that_nobody_knows_hides_nothing() -> None:
    unknown = Listed("UC-AAAA-0001", clock=None, tier="")
    known = Listed("UC-AAAA-0002", clock=date(2026, 11, 2))

    assert press_key(unknown) < press_key(known)


@pytest.mark.parametrize(
    ("turn", "phase", "what"),
    [
        (("owner",), Phase.CHANGES_REQUESTED, DueWhat.ANSWER),
        (("cio", "ciso"), Phase.REVIEW, DueWhat.OPINION),
        (("ciso",), Phase.COUNTERSIGN, DueWhat.OPINION),
        (("cio",), Phase.DECIDED, DueWhat.SIGNATURE),
    ],
)
def test_what_is_due_follows_from_whose_turn_it_is(turn: tuple[str, ...], phase: Phase, what: DueWhat) -> None:
    row = Listed(turn=turn, phase=phase.value)

    assert next_due(row) == Due(what, date(2026, 11, 20), turn)


def test_a_turn_comes_before_what_the_terms_ask_for_and_their_own_list_still_tells() -> None:
    row = Listed(due=date(2026, 10, 1), due_what="condition", due_of="ada", due_text="Train the users")

    assert next_due(row) == Due(DueWhat.OPINION, date(2026, 11, 20), ("cio",))
    assert due_of_terms(row) == Due(DueWhat.CONDITION, date(2026, 10, 1), ("ada",), "Train the users")
    assert next_due(replace(row, turn=(), clock=None)) == due_of_terms(row)


# ------------------------------------------------------------------------------------------------ from real acts
@dataclass(frozen=True)
class Assessed:
    tier: str = "high"
    lane: str = "joint"
    days: int = 10
    purpose: str = ""


def summary(site: Site, case: str) -> CaseSummary:
    found = summarise(site.state(case), Assessed())
    assert found is not None
    return found


def test_a_filed_case_asks_for_its_stage_and_its_clock_runs() -> None:
    site = organisation()
    case = site.revision().id

    row = summary(site, case)

    assert (row.stage, row.asked) == ("idea", site.state(case).current.body.stage.value)
    assert row.clock == row.since + timedelta(days=12), "ten working days from a Sunday"
    assert next_due(row) == Due(DueWhat.OPINION, row.clock, ("cio", "ciso"))


def test_a_decided_case_tells_which_condition_comes_first_and_whose_it_is() -> None:
    site = organisation()
    case = site.revision().id
    early, late = Condition(date(2027, 1, 1), "ada", "Train the users"), Condition(date(2027, 3, 1), "bob", "Report")
    given_terms = agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), (late, early), terms().begins, EXPIRES)
    for who, office in (("cleo", Office.CIO), ("dan", Office.CISO)):
        site.opinion(who, office, case, case, Position.APPROVE, given_terms)
    site.accept("ada", case)

    assert due_of_terms(summary(site, case)) == Due(DueWhat.CONDITION, early.due, ("ada",), "Train the users")


def test_without_conditions_it_is_the_report_of_the_owner_and_then_the_end_of_the_approval() -> None:
    site = organisation()
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    row = summary(site, case)

    assert due_of_terms(row) == Due(DueWhat.FIGURES, date(2027, 2, 20), (row.owner,))

    site.clock = START + timedelta(days=150)
    site.figures(case, 20)
    assert due_of_terms(summary(site, case)) == Due(DueWhat.EXPIRY, EXPIRES, (row.owner,))

    site.figures(case, 21)
    assert due_of_terms(summary(site, case)) == Due(DueWhat.LIMIT, site.clock.date(), (row.owner,))


def test_a_later_revision_begins_its_own_time() -> None:
    site = organisation()
    case = site.revision().id
    site.ciso(case, position=Position.CHANGES)
    site.clock = START + timedelta(days=30)
    again = site.revision(case=case, revises=[case])

    row = summary(site, case)

    assert row.revision == 2
    assert row.since == site.state(case).event(again.id).act.at.date() > row.filed
