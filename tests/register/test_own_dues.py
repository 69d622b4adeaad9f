"""What is over in the cases of one person: against all rows looked at one by one, by the indexes made for it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.stop import row_stop
from intake.domain.terms.terms import Condition, Stage
from intake.register.register import Register
from intake.register.views import own_dues
from intake.register.views.rows import CaseRow
from tests.domain.case.test_next_act import with_conditions
from tests.domain.world import organisation, terms
from tests.register.helpers import open_register, take

DAYS = (date(2026, 12, 1), date(2027, 3, 1), date(2027, 6, 30), date(2027, 7, 1), date(2028, 1, 1))


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
@pytest.mark.parametrize("person", ["ada", "eve", "bob", "nobody"])
def test_it_is_what_a_look_at_every_row_finds(filled: Register, person: str, day: date) -> None:
    every = filled.queries.page(limit=1000).rows

    def over(row: CaseRow) -> bool:
        mine = person in (row.owner, row.due_of)
        return row.due_what == "condition" and row.due is not None and row.due < day and mine

    stops = {row.case for row in every if row.owner == person and row_stop(row, day) is not None}
    assert {row.case for row in filled.queries.stops_of_owner(person, day)} == stops
    late = {row.case for row in every if over(row)}
    found = filled.queries.conditions_over(person, day)
    assert {row.case for row in found} == late
    assert [row.due for row in found] == sorted(row.due for row in found)  # type: ignore[type-var]


def test_there_is_something_of_each_to_find(filled: Register) -> None:
    day = terms().expires

    assert filled.queries.stops_of_owner("ada", DAYS[0])
    assert len(filled.queries.stops_of_owner("ada", DAYS[-1])) > len(filled.queries.stops_of_owner("ada", DAYS[0]))
    assert filled.queries.conditions_over("bob", day)
    assert len(filled.queries.stops_of_owner("ada", DAYS[-1], limit=2)) == 2


@pytest.mark.parametrize(
    ("statement", "index"),
    [("_STOPS_OF_OWNER", "case_stop_owner"), ("_DUE_OF_OWNER", "case_due_owner"), ("_DUE_OF_PERSON", "case_due_of")],
)
def test_each_question_has_its_index(filled: Register, statement: str, index: str) -> None:
    asked = getattr(own_dues, statement).text()

    with filled._database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("ada",) * asked.count("?")).all()

    assert any(index in row[3] for row in plan), plan
