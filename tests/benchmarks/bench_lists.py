"""The register list: pages, orders, filters, search and jumps against raw SQL, at 100,000 and at 1,000,000 use cases."""

from __future__ import annotations

import multiprocessing
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from intake.register.store.connecting import connect
from intake.register.store.pragmas import CACHE_KIB
from intake.register.views.columns import COLUMNS
from intake.register.views.first_page import first_page
from intake.register.views.full_text import match_expression
from intake.register.views.paging import Filters, anchor_sql, page_sql
from intake.register.views.rows import Counts, DecidedDay, Facet, ListOrder
from tests.benchmarks.harness import Row
from tests.register.helpers import open_register
from tests.register.test_lists import fill

SIZES = (100_000, 1_000_000)
ROUNDS = 60
TINY = {"SIZES": (300, 600), "ROUNDS": 2}


def rows() -> Iterator[Row]:
    memory = 0
    for count in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            # In a process that ends: the rows it makes up are not memory that reading them takes.
            filling = multiprocessing.get_context("spawn").Process(target=_fill, args=(Path(folder), count))
            filling.start()
            filling.join()
            if filling.exitcode:
                raise RuntimeError(f"no register of {count} use cases could be made")
            before = _most_memory()
            yield from _lists(Path(folder), count)
            memory += _most_memory() - before
    # The peak never falls, so what both sizes added is what the larger one takes.
    note = f"{memory / 2**20:.0f} MiB"
    yield Row(f"memory for the lists of {SIZES[1]} cases", "the page caches of both", memory / _CACHES, 1.5, note)


_CACHES = 2 * CACHE_KIB * 1024
"""Bytes: one connection is ours, one is the raw one beside it."""


def _fill(folder: Path, count: int) -> None:
    register = open_register(folder)
    fill(register, count)
    register.close()


def _most_memory() -> int:
    """Bytes this process has ever had in memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _lists(folder: Path, count: int) -> Iterator[Row]:
    register = open_register(folder)
    plain = connect(register.path, readonly=True)
    late = count * 9 // 10
    anchor = register.queries.anchor(late, sort=ListOrder.TITLE)
    empty = Counts(0, {})
    pages = (
        ("first page of 100", ListOrder.NEWEST, None),
        ("first page by due day", ListOrder.DUE, None),
        ("page at nine tenths by title", ListOrder.TITLE, anchor),
    )
    for name, sort, after in pages:
        statement, parameters = page_sql(sort, {}, after, 100, empty)
        yield _row(
            f"{name}, {count} cases",
            partial(register.queries.page, sort=sort, after=after),
            partial(_fetch, plain, statement, parameters),
            2.5,
        )
    jump, place = anchor_sql(ListOrder.NEWEST, {}, late, empty)
    yield _row(
        f"jump to nine tenths, {count} cases",
        lambda: register.queries.anchor(late),
        partial(_fetch, plain, jump, place),
        2.5,
    )
    filtered = (
        f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk "
        "WHERE c.phase = 'on-hold' ORDER BY c.newest DESC, c.pk DESC LIMIT 101"
    )
    yield _row(
        f"page with a filter, {count} cases",
        lambda: register.queries.page(filters={Facet.PHASE: "on-hold"}),
        lambda: plain.execute(filtered).fetchall(),
        2.5,
    )
    days: Filters = {DecidedDay.FROM: "2026-03-01", DecidedDay.TO: "2026-03-31"}
    statement, parameters = page_sql(ListOrder.DECIDED, days, None, 100, empty)
    yield _row(
        f"decisions of a month, {count} cases",
        lambda: register.queries.page(sort=ListOrder.DECIDED, filters=days),
        partial(_fetch, plain, statement, parameters),
        2.5,
    )
    searched = (
        f"SELECT {COLUMNS} FROM (SELECT rowid AS document FROM case_fts WHERE case_fts MATCH ? "
        "ORDER BY rowid DESC LIMIT 101) JOIN case_row c ON c.pk = document & 16777215 "
        "JOIN use_case u ON u.pk = c.pk ORDER BY document DESC"
    )
    yield _row(
        f"search a common word, {count} cases",
        lambda: register.queries.search("scoring"),
        lambda: plain.execute(searched, (match_expression("scoring", {}),)).fetchall(),
        2.0,
    )
    yield _row(
        f"first page at the start, {count} cases",
        lambda: first_page(register.path),
        lambda: _bare_page(register.path),
        None,
    )
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
    return Row(name, "raw SQL, keyset", mine / theirs, goal, f"{mine * 1e3:.2f} ms")
