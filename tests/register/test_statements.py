"""Statements that are turned into text once say the same as SQLAlchemy does when it runs them itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, bindparam, create_engine, insert, select

from intake.register.store.schema import counter, metadata
from intake.register.store.statements import MOST, NAMES, Statement

COUNT = 2 * MOST + 5


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        Statement(insert(counter)).run_each(
            connection, [{"facet": f"f{n % 2}", "count": n, "value": f"v{n}"} for n in range(COUNT)]
        )
        yield connection
    engine.dispose()


@pytest.mark.parametrize("size", [0, 1, 2, 3, MOST - 1, MOST, MOST + 1, COUNT])
def test_a_list_of_any_length_finds_what_is_in_it(connection: Connection, size: int) -> None:
    asked = Statement(select(counter.c.value, counter.c.count).where(counter.c.value.in_(NAMES)))

    found = asked.among(connection, (f"v{n}" for n in range(size)))

    assert sorted(found) == sorted((f"v{n}", n) for n in range(size))


def test_what_is_given_stands_in_its_place_and_what_is_written_stays(connection: Connection) -> None:
    statement = (
        select(counter.c.value)
        .where(counter.c.count > bindparam("least"), counter.c.facet == "f1", counter.c.value.in_(NAMES))
        .where(counter.c.count < bindparam("most"), counter.c.value.not_in(["v5"]))
        .order_by(counter.c.count.desc())
        .limit(2)
    )
    names = [f"v{n}" for n in range(40)]

    found = Statement(statement).among(connection, names, most=10, least=3)

    assert found == connection.execute(statement, {"names": names, "most": 10, "least": 3}).all() == [("v9",), ("v7",)]


def test_a_list_may_be_asked_twice_in_one_statement(connection: Connection) -> None:
    more = counter.alias()
    asked = Statement(
        select(counter.c.value)
        .join(more, more.c.count == counter.c.count + 1)
        .where(counter.c.value.in_(NAMES), more.c.value.not_in(NAMES))
    )

    assert asked.among(connection, ["v1", "v2", "v3", "v7", "v8"]) == [("v3",), ("v8",)]


def test_lists_of_many_lengths_are_a_few_texts() -> None:
    asked = Statement(select(counter.c.value).where(counter.c.value.in_(NAMES)))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for size in range(1, COUNT):
            asked.among(connection, map(str, range(size)))
    engine.dispose()

    assert len(asked._texts) < 60


def test_what_is_not_given_is_refused(connection: Connection) -> None:
    asked = Statement(select(counter.c.value).where(counter.c.count == bindparam("count")))

    with pytest.raises(KeyError, match="count"):
        asked.run(connection)


def test_no_rows_are_no_statement(connection: Connection) -> None:
    Statement(insert(counter)).run_each(connection, ())

    assert len(Statement(select(counter.c.value)).run(connection).all()) == COUNT
