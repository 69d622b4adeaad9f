"""What needs somebody: each kind by a case of its own, whose it is, and when it goes away, as a table a board member could read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.base.wording import words
from intake.domain.case.summary import CaseSummary, summarise
from intake.domain.case.todo import Todo, TodoKind, TodoReader, todos
from intake.domain.terms import terms as agreed
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage
from tests.domain.case.test_next_act import changes, conflict, countersign, declined, differ, filed, suspended, unsealed
from tests.domain.world import START, Site, organisation, terms

TODAY, EXPIRES = START.date(), terms().expires
OFFICES = {"cleo": "cio", "dan": "ciso"}
CONDITION = date(2027, 2, 1)


@pytest.fixture
def site() -> Site:
    return organisation()


def decided(site: Site, *conditions: Condition, stage: Stage = Stage.PILOT) -> str:
    case = filed(site)
    given = agreed.terms(stage, TABLE_1.boundaries({}), conditions, terms().begins, EXPIRES)
    first = site.opinion("dan", Office.CISO, case, case, given=given)
    second = site.opinion("cleo", Office.CIO, case, case, given=given)
    site.seal("cleo", case, second, first)
    return case


def owed(site: Site) -> str:
    return decided(site, Condition(CONDITION, "eve", "Train the users"))


@dataclass(frozen=True)
class Assessed:
    tier: str = "high"
    lane: str = "joint"
    days: int = 10
    purpose: str = ""


def row(site: Site, case: str) -> CaseSummary:
    found = summarise(site.state(case), Assessed())
    assert found is not None
    return found


def needs(site: Site, case: str, who: str, day: date = TODAY, *seen: date) -> list[Todo]:
    told = frozenset((case, item) for item in seen)
    return list(todos(row(site, case), TodoReader(who, OFFICES.get(who, ""), day, told)))


Made = Callable[[Site], str]
NEXT_YEAR = date(2027, 1, 15)
TABLE: dict[TodoKind, tuple[Made, date, str, str]] = {
    # what happened, on which day one looks, who has it, what is said
    TodoKind.SUSPENDED: (suspended, TODAY, "ada", "Stop it now: the CISO suspended it on 2026-11-22."),
    TodoKind.EXPIRED: (
        decided, EXPIRES + timedelta(1), "ada",
        "Stop it now: the approval ended on 2027-06-30. To go on, file it again for both offices to sign.",
    ),
    TodoKind.LIFT: (
        suspended, TODAY, "cleo dan", "It is suspended since 2026-11-22. Only both offices lift it; yours has not.",
    ),
    TodoKind.OVERDUE: (
        owed, CONDITION + timedelta(1), "ada eve", "This had to be done by 2027-02-01: Train the users",
    ),
    TodoKind.DECIDE: (
        filed, TODAY, "cleo dan", "It waits for the decision of your office since 2026-11-22, until 2026-12-04.",
    ),
    TodoKind.SIGNATURE: (unsealed, TODAY, "dan", "It is decided; the record still lacks a signature."),
    TodoKind.CHANGES: (
        changes, TODAY, "ada", "An office asked you on 2026-11-22 to change it. Answer by filing it again.",
    ),
    TodoKind.CONFLICT: (
        conflict, TODAY, "ada", "Two revisions were filed apart from each other. File again to join them.",
    ),
    TodoKind.EXPIRING_SOON: (
        decided, EXPIRES - timedelta(7), "ada",
        "The approval ends on 2027-06-30. Nothing may run after that without a new one.",
    ),
    TodoKind.EXPIRING: (
        decided, EXPIRES - timedelta(30), "ada",
        "The approval ends on 2027-06-30. Nothing may run after that without a new one.",
    ),
    TodoKind.DUE: (owed, CONDITION - timedelta(30), "eve", "Do this by 2027-02-01: Train the users"),
    TodoKind.DECIDED: (
        decided, TODAY + timedelta(30), "ada", "Both offices decided on 2026-11-22. Look at the terms before you begin.",
    ),
    TodoKind.GATE_READY: (
        decided, TODAY + timedelta(30), "ada",
        "The pilot has run since 2026-11-22 and nothing is overdue. You may ask for scaled use.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TodoKind)
def test_each_kind_is_told_to_those_whose_it_is(site: Site, kind: TodoKind) -> None:
    made, day, people, said = TABLE[kind]
    case = made(site)

    found = {
        who: item
        for who in ("ada", "eve", "bob", "cleo", "dan")
        for item in needs(site, case, who, day)
        if item.kind is kind
    }

    if kind is TodoKind.SIGNATURE:
        assert len(found) == 1, "of the two offices the one whose signature the copy lacks"
    else:
        assert sorted(found) == people.split()
    assert {words(item.said) for item in found.values()} == {said}
    assert {item.case for item in found.values()} == {case}
    assert all(item.since <= day for item in found.values()), "it is on the list from the day it says"


@pytest.mark.parametrize(
    ("made", "day", "gone"),
    [
        (decided, EXPIRES - timedelta(31), {TodoKind.EXPIRING, TodoKind.EXPIRING_SOON, TodoKind.EXPIRED}),
        (decided, EXPIRES - timedelta(8), {TodoKind.EXPIRING_SOON}),
        (decided, EXPIRES, {TodoKind.EXPIRED}),
        (decided, TODAY + timedelta(31), {TodoKind.DECIDED}),
        (decided, TODAY + timedelta(29), {TodoKind.GATE_READY}),
        (owed, CONDITION - timedelta(31), {TodoKind.DUE}),
        (owed, CONDITION, {TodoKind.OVERDUE}),
        (owed, CONDITION + timedelta(1), {TodoKind.GATE_READY}),
    ],
)
def test_nothing_is_told_a_day_too_early_or_too_late(site: Site, made: Made, day: date, gone: set[TodoKind]) -> None:
    case = made(site)

    assert not gone & {item.kind for who in ("ada", "eve") for item in needs(site, case, who, day)}


def test_a_decision_is_news_until_its_owner_has_looked_at_it_and_a_later_one_is_news_again(site: Site) -> None:
    case = decided(site)
    assert [item.kind for item in needs(site, case, "ada")] == [TodoKind.DECIDED]
    assert needs(site, case, "ada", TODAY, TODAY) == []
    assert [item.kind for item in needs(site, case, "ada", TODAY, TODAY - timedelta(1))] == [TodoKind.DECIDED]


def test_a_refusal_is_news_as_well(site: Site) -> None:
    (item,) = needs(site, declined(site), "ada")

    assert words(item.said) == (
        "It was declined on 2026-11-22. The reason is on its page; you may change it and file again."
    )


def test_what_was_filed_again_does_not_ask_to_be_filed_again(site: Site) -> None:
    case = decided(site)
    site.clock = START + timedelta(days=200)
    site.revision(case=case)

    assert needs(site, case, "ada", EXPIRES - timedelta(3)) == []
    assert [item.kind for item in needs(site, case, "ada", EXPIRES + timedelta(3))] == [TodoKind.EXPIRED]


def test_an_idea_that_ends_is_told_and_nothing_has_to_be_stopped(site: Site) -> None:
    case = decided(site, stage=Stage.IDEA)

    (item,) = needs(site, case, "ada", EXPIRES + timedelta(1))

    assert words(item.said) == "The approval ended on 2027-06-30. To go on, file it again for both offices to sign."


def test_whose_turn_it_is_not_and_who_only_reads_has_nothing_to_do(site: Site) -> None:
    assert needs(site, countersign(site), "dan") == []
    assert needs(site, differ(site), "cleo") == []
    for who in ("bob", "eve"):
        assert needs(site, filed(site), who) == []


def test_what_presses_most_comes_first(site: Site) -> None:
    case = owed(site)
    found = needs(site, case, "ada", CONDITION + timedelta(days=1))

    assert [item.kind for item in found] == [TodoKind.OVERDUE]
    assert found == sorted(found, key=lambda item: item.place)
