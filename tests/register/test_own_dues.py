"""What may need one person: against all rows looked at one by one, by the indexes made for it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from intake.domain.acts.kinds import ANSWER, KINDS, Office
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.asks import TodoKind
from intake.domain.case.todo import NEWS_LASTS, TodoReader, todos
from intake.domain.terms.terms import Condition, Stage
from intake.register.register import Register
from intake.register.views import asked, own_dues
from tests.domain.case.test_next_act import with_conditions
from tests.domain.world import Site, organisation
from tests.register.helpers import open_register, take

DAYS = (
    date(2026, 12, 1),
    date(2026, 12, 31),
    date(2027, 2, 10),
    date(2027, 3, 1),
    date(2027, 6, 2),
    date(2027, 6, 30),
    date(2027, 7, 1),
    date(2028, 1, 1),
)


PARTIES = ("ada", "eve", "bob", "cleo", "dan", "finn", "@cio", "@ciso", "@offices", "@administrator")


def go_on(site: Site, case: str, chance: random.Random) -> None:
    """Whatever may be done next in a case, some of it: accepted, reported, sent back, handed over, retired."""
    state = site.state(case)
    owner = state.current.owner if state.current else ""
    if state.acceptance and state.acceptance.awaits and chance.random() < 0.8:
        site.accept(owner, case)
    elif state.acceptance and state.acceptance.awaits and chance.random() < 0.5:
        point = AnswerBody(case, state.acceptance.pair.terms, "user_permissions.max_users", "It costs us a branch")
        site.act(owner, ANSWER.name, point.as_json(), case=case)
    for item in site.state(case).commitments:
        if chance.random() < 0.5:
            report = site.report(item.commitment.owner, case, item.commitment.id)
            if chance.random() < 0.4:
                site.send_back("dan", case, report)
    if site.state(case).in_force and chance.random() < 0.4:
        site.figures(case, chance.choice([5, 50]), who=owner)
    if chance.random() < 0.2:
        site.hand_over(owner, case, "bob" if owner == "ada" else "ada")
    if site.state(case).pairs and chance.random() < 0.15:
        site.retire(owner, case)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Cases of every sort: running with conditions of anybody, suspended, withdrawn, ideas, and such that were never approved.

    They are only looked at.
    """
    register, site = open_register(tmp_path_factory.mktemp("dues")), organisation()
    chance = random.Random(7)
    for number in range(60):
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
        go_on(site, case, chance)
    take(register, site)
    yield register
    register.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("office", ["", "cio", "ciso"])
@pytest.mark.parametrize("person", ["ada", "eve", "bob", "nobody"])
def test_it_is_what_a_look_at_every_row_finds(filled: Register, person: str, office: str, day: date) -> None:
    who = TodoReader(person, office, day, administers=person == "bob")
    every = filled.queries.page(limit=1000).rows
    asks = filled.queries.asked_of(PARTIES, date.min, date.max, limit=10_000).asks
    asked = filled.queries.asked_of(who.parties, day, day, limit=1000)
    rows = {**asked.rows, **{row.case: row for row in filled.queries.of_person(person, day - NEWS_LASTS, limit=1000)}}
    rows |= {row.case: row for row in filled.queries.turns_of_office(office, limit=1000).rows} if office else {}

    found = {item for row in rows.values() for item in todos(row, asked.asks.get(row.case, ()), who)}

    assert asked.more == {}
    assert found == {item for row in every for item in todos(row, asks.get(row.case, ()), who)}


def test_there_is_something_of_each_sort_to_find(filled: Register) -> None:
    every = filled.queries.page(limit=1000).rows
    people = [(name, office) for name in ("ada", "eve", "bob", "dan", "cleo") for office in ("", "cio")]
    asks = filled.queries.asked_of(PARTIES, date.min, date.max, limit=10_000).asks
    readers = [TodoReader(*who, day, administers=who[0] == "bob") for day in DAYS for who in people]
    kinds = {item.kind for who in readers for row in every for item in todos(row, asks.get(row.case, ()), who)}

    assert set(TodoKind) - kinds == {
        TodoKind.CONFLICT,
        TodoKind.CHANGES,
        TodoKind.OWNERLESS,
        TodoKind.NOBODY_DECIDES,
        TodoKind.SECOND_ADMINISTRATOR,
    }


def test_no_question_reads_more_than_it_is_asked_for(filled: Register) -> None:
    day = DAYS[0]

    assert len(filled.queries.of_person("ada", day - NEWS_LASTS, limit=1)) <= 4
    assert sum(map(len, filled.queries.asked_of(("ada", "@cio"), day, day, limit=1).asks.values())) <= 2


def test_what_is_beyond_is_counted_by_kind(filled: Register) -> None:
    day = date(2027, 6, 2)
    every = filled.queries.asked_of(("@offices",), day, day, limit=1000)
    some = filled.queries.asked_of(("@offices",), day, day, limit=3)

    read = Counter(ask.kind for asks in some.asks.values() for ask in asks)
    assert sum(read.values()) == 3
    assert Counter(some.more) + read == Counter(ask.kind for asks in every.asks.values() for ask in asks)


def test_what_arrived_since_is_told_but_for_remarks(filled: Register) -> None:
    cases = [row.case for row in filled.queries.page(limit=1000).rows]
    before, after = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

    assert filled.queries.arrived_since(cases[:3], before, ()) == set(cases[:3])
    assert filled.queries.arrived_since(cases, before, tuple(KINDS.names)) == set()
    assert filled.queries.arrived_since(cases, after, ()) == set()


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("_TURNS", "case_turn_owner"),
        ("_STOPS", "case_stop_owner"),
        ("_IN_FORCE", "case_due_owner"),
        ("_DECIDED", "case_of_year"),
    ],
)
def test_each_question_has_its_index(filled: Register, statement: str, index: str) -> None:
    asked = getattr(own_dues, statement).text()

    with filled._database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("ada",) * asked.count("?")).all()

    assert any(index in row[3] for row in plan), plan


@pytest.mark.parametrize("statement", ["_ASKED", "_COUNTED"])
def test_what_is_asked_of_somebody_is_found_by_its_index_and_sorted_by_it(filled: Register, statement: str) -> None:
    text = getattr(asked, statement).text()

    with filled._database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ("ada",) * text.count("?")).all()

    assert "case_ask_of" in plan[0][3]
    assert statement == "_COUNTED" or not any("TEMP B-TREE" in row[3] for row in plan), plan
