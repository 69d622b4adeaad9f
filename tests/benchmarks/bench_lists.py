"""The register list: first page, later pages, filters and search against raw SQL, at 100,000 use cases."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from intake.register.store.connecting import connect
from intake.register.views.first_page import first_page
from intake.register.views.paging import page_sql
from intake.register.views.full_text import match_expression
from intake.register.views.rows import COLUMNS, Counts, Facet, ListOrder
from tests.benchmarks.harness import Row
from tests.register.helpers import open_register
from tests.register.test_lists import fill

CASES = 100_000
ROUNDS = 60


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _lists(Path(folder), CASES)


def _lists(folder: Path, count: int) -> Iterator[Row]:
    register = open_register(folder)
    fill(register, count)
    plain = connect(register.path, readonly=True)
    anchor = register.queries.anchor(count * 9 // 10, sort=ListOrder.TITLE)
    empty = Counts(0, {})
    pages = (
        ("first page of 100", ListOrder.NEWEST, None),
        ("first page by due day", ListOrder.DUE, None),
        ("page at nine tenths by title", ListOrder.TITLE, anchor),
    )
    for name, sort, after in pages:
        statement, parameters = page_sql(sort, {}, after, 100, empty)
        yield _row(
            name,
            partial(register.queries.page, sort=sort, after=after),
            partial(_fetch, plain, statement, parameters),
            2.5,
        )
    filtered = (
        f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk "
        "WHERE c.phase = 'held' ORDER BY c.newest DESC, c.pk DESC LIMIT 101"
    )
    yield _row(
        "page with a filter",
        lambda: register.queries.page(filters={Facet.PHASE: "held"}),
        lambda: plain.execute(filtered).fetchall(),
        2.5,
    )
    searched = (
        f"SELECT {COLUMNS} FROM (SELECT rowid AS document FROM case_fts WHERE case_fts MATCH ? "
        "ORDER BY rowid DESC LIMIT 101) JOIN case_row c ON c.pk = document & 16777215 "
        "JOIN use_case u ON u.pk = c.pk ORDER BY document DESC"
    )
    yield _row(
        "search a common word",
        lambda: register.queries.search("scoring"),
        lambda: plain.execute(searched, (match_expression("scoring", {}),)).fetchall(),
        2.0,
    )
    yield _row("first page at the start", lambda: first_page(register.path), lambda: _bare_page(register.path), None)
    plain.close()
    register.close()


def _bare_page(path: Path) -> list[object]:
    plain = sqlite3.connect(path)
    statement, parameters = page_sql(ListOrder.NEWEST, {}, None, 100, Counts(0, {}))
    found = plain.execute(statement, parameters).fetchall()
    plain.close()
    return found


def _fetch(plain: sqlite3.Connection, statement: str, parameters: tuple[object, ...]) -> list[object]:
    return plain.execute(statement, parameters).fetchall()


def _row(name: str, ours: Callable[[], object], floor: Callable[[], object], goal: float | None) -> Row:
    """Medians of the processor's time: a page waits for nothing, and other programs on the machine do not count."""
    pairs = []
    for _ in range(ROUNDS):
        start = time.process_time()
        ours()
        middle = time.process_time()
        floor()
        pairs.append((middle - start, time.process_time() - middle))
    mine, theirs = statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)
    return Row(f"{name}, {CASES} cases", "raw SQL, keyset", mine / theirs, goal, f"{mine * 1e3:.2f} ms")
