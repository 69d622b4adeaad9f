"""What may need one person: against all rows looked at one by one, by the indexes made for it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.todo import NEAR, NEWS_LASTS, TodoKind, TodoReader, todos
from intake.domain.terms.terms import Condition, Stage
from intake.register.register import Register
from intake.register.views import own_dues
from tests.domain.case.test_next_act import with_conditions
from tests.domain.world import organisation
from tests.register.helpers import open_register, take

DAYS = (
    date(2026, 12, 1),
    date(2026, 12, 31),
    date(2027, 3, 1),
    date(2027, 6, 2),
    date(2027, 6, 30),
    date(2027, 7, 1),
    date(2028, 1, 1),
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Cases of every sort: running with conditions of anybody, suspended, withdrawn, ideas, and such that were never approved.

    They are only looked at.
    """
    register, site = open_register(tmp_path_factory.mktemp("dues")), organisation()
    chance = random.Random(7)
    for number in range(40):
        stage = chance.choice([Stage.PILOT, Stage.PILOT, Stage.IDEA])
        case = site.revision(
            chance.choice(["ada", "eve"]), owner=chance.choice(["ada", "eve"]), title=f"Case {number}", stage=stage
        ).id
        due = chance.choice([date(2026, 12, 31), date(2027, 2, 1), date(2027, 5, 1)])
        condition = Condition(due, chance.choice(["ada", "eve", "bob"]), "Train the users")
        given = replace(with_conditions(*([condition] if chance.random() < 0.6 else [])), stage=stage)
        if chance.random() < 0.8:
            site.opinion("dan", Office.CISO, case, case, given=given)
        if chance.random() < 0.8:
            site.opinion("cleo", Office.CIO, case, case, given=given)
        if chance.random() < 0.3:
            site.opinion("dan", Office.CISO, case, case, Position.DECLINE)
    take(register, site)
    yield register
    register.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("office", ["", "cio", "ciso"])
@pytest.mark.parametrize("person", ["ada", "eve", "bob", "nobody"])
def test_it_is_what_a_look_at_every_row_finds(filled: Register, person: str, office: str, day: date) -> None:
    who = TodoReader(person, office, day)
    every = filled.queries.page(limit=1000).rows
    asked = {row.case: row for row in filled.queries.of_person(person, day + NEAR, day - NEWS_LASTS, limit=1000)}
    asked |= {row.case: row for row in filled.queries.turns_of_office(office, limit=1000).rows} if office else {}

    found = {item for row in asked.values() for item in todos(row, who)}

    assert found == {item for row in every for item in todos(row, who)}


def test_there_is_something_of_each_sort_to_find(filled: Register) -> None:
    every = filled.queries.page(limit=1000).rows
    people = [(name, office) for name in ("ada", "eve", "bob") for office in ("", "cio")]
    kinds = {item.kind for day in DAYS for row in every for who in people for item in todos(row, TodoReader(*who, day))}

    assert kinds >= set(TodoKind) - {TodoKind.CONFLICT, TodoKind.CHANGES, TodoKind.SIGNATURE}


def test_no_question_reads_more_than_it_is_asked_for(filled: Register) -> None:
    day = DAYS[0]

    assert len(filled.queries.of_person("ada", day + NEAR, day - NEWS_LASTS, limit=1)) <= 5


def test_what_arrived_since_is_told_but_for_remarks(filled: Register) -> None:
    cases = [row.case for row in filled.queries.page(limit=1000).rows]
    before, after = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

    assert filled.queries.arrived_since(cases[:3], before, ()) == set(cases[:3])
    assert filled.queries.arrived_since(cases, before, ("revision", "opinion")) == set()
    assert filled.queries.arrived_since(cases, after, ()) == set()


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("_TURNS", "case_turn_owner"),
        ("_STOPS", "case_stop_owner"),
        ("_IN_FORCE", "case_due_owner"),
        ("_DECIDED", "case_of_year"),
        ("_CONDITIONS", "case_due_of"),
    ],
)
def test_each_question_has_its_index(filled: Register, statement: str, index: str) -> None:
    asked = getattr(own_dues, statement).text()

    with filled._database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("ada",) * asked.count("?")).all()

    assert any(index in row[3] for row in plan), plan
