"""Measures the register against the floors of the design: ratios within one run, nothing else travels.

``python -m tests.register.measure [cases] [acts]``; the goals are those of the design's performance table.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Connection

from intake.register import storing
from intake.register.connecting import connect
from intake.register.first_page import first_page
from intake.register.paging import page_sql
from intake.register.projector import CaseView, DomainProjector
from intake.register.queries import match_expression
from intake.register.rows import COLUMNS, Counts, Facet, Sort
from intake.trust.acts import VerifiedAct
from tests.domain.world import Site, organisation
from tests.register.helpers import NOW, open_register, pack
from tests.register.test_lists import fill

ROUNDS = 5


def main(cases: int = 20_000, acts: int = 10_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        storing_acts(Path(folder) / "append", acts)
        reading_lists(Path(folder) / "lists", cases)
        one_act(Path(folder) / "one", (100, 2_000))


def storing_acts(folder: Path, count: int) -> None:
    """Acts of 2 kB into the same tables: SQLAlchemy's way, and ``executemany`` on prepared rows."""
    site = organisation()
    packed = _comments(site, count)
    rows = [storing.act_row(number, item, NOW.isoformat()) for number, item in enumerate(packed, start=1)]
    taken = []
    for number in range(ROUNDS):
        ours, stored = _append(folder / f"ours{number}", site, packed)
        taken.append((ours, stored, _raw(folder / f"raw{number}", rows)))
    floor = statistics.median(raw for *_, raw in taken)
    _line("store acts, tables only", statistics.median(stored for _, stored, _ in taken) / floor, "1.5")
    _line("append: sift, check, store, (no fold)", statistics.median(ours for ours, *_ in taken) / floor, "1.5")


def reading_lists(folder: Path, count: int) -> None:
    register = open_register(folder)
    fill(register, count)
    plain = connect(register.path, readonly=True)
    anchor = register.queries.anchor(count * 9 // 10, sort=Sort.TITLE)
    empty = Counts(0, {})
    for name, sort, after in (("first page", Sort.NEWEST, None), ("page at nine tenths by title", Sort.TITLE, anchor)):
        statement, parameters = page_sql(sort, {}, after, 100, empty)
        _compare(
            f"{name} of {count}",
            partial(register.queries.page, sort=sort, after=after),
            partial(_fetch, plain, statement, parameters),
            "1.2 to 2.5",
        )
    filtered = f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk WHERE c.phase = 'held' ORDER BY c.newest DESC, c.pk DESC LIMIT 101"
    _compare(
        "page with a filter",
        lambda: register.queries.page(filters={Facet.PHASE: "held"}),
        lambda: plain.execute(filtered).fetchall(),
        "1.5 to 2.5",
    )
    search = "SELECT rowid FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT 101"
    joined = (
        f"SELECT {COLUMNS} FROM (SELECT rowid AS document FROM case_fts WHERE case_fts MATCH ? ORDER BY rowid DESC LIMIT 101) "
        "JOIN case_row c ON c.pk = document & 16777215 JOIN use_case u ON u.pk = c.pk ORDER BY document DESC"
    )
    _compare(
        "search a common word, with rows",
        lambda: register.queries.search("scoring"),
        lambda: plain.execute(joined, (match_expression("scoring", {}),)).fetchall(),
        "2",
    )
    _compare(
        "the same against ids only",
        lambda: register.queries.search("scoring"),
        lambda: plain.execute(search, ("scoring",)).fetchall(),
        "",
    )
    _compare("first page of the start", lambda: first_page(register.path), lambda: _bare_page(register.path), "1.15")
    plain.close()
    register.close()


def one_act(folder: Path, sizes: tuple[int, ...]) -> None:
    """One act of one case, signed elsewhere, into registers of different sizes."""
    medians = []
    for size in sizes:
        site = organisation()
        register = open_register(folder / str(size))
        register.join(site.org)
        register.append([pack(act) for act in site.acts.values()])
        cases = []
        for number in range(size):
            cases.append(site.revision(title=f"Case {number}"))
            site.acts.pop(cases[-1].id)
        register.append([pack(case) for case in cases])
        taken = []
        for number in range(30):
            act = pack(site.comment("cleo", cases[number].id))
            start = time.perf_counter()
            register.append([act])
            taken.append(time.perf_counter() - start)
        medians.append(statistics.median(taken))
        register.close()
    _line(f"one act at {sizes[-1]} cases to one at {sizes[0]}", medians[-1] / medians[0], "flat")


class _NoFold:
    """Leaves out what is not storing."""

    def __init__(self) -> None:
        self._real = DomainProjector(lambda state: None)
        self.organisation = self._real.organisation
        self.touched = self._real.touched

    def case(self, *_: object) -> CaseView:
        return CaseView(None, (), frozenset())


def _append(folder: Path, site: Site, packed: list[VerifiedAct]) -> tuple[float, float]:
    """Seconds for the whole call, and for writing the tables of acts within it."""
    register = open_register(folder, projector=_NoFold())
    register.join(site.org)
    register.append([pack(act) for act in site.acts.values()])
    stored = 0.0

    def timed(connection: Connection, found: storing.Intake, codes: Mapping[str, str], *, at: datetime) -> None:
        nonlocal stored
        start = time.perf_counter()
        storing_acts_for_real(connection, found, codes, at=at)
        stored = time.perf_counter() - start

    storing_acts_for_real = storing.store_acts
    with (
        patch("intake.register.storing.store_acts", timed),
        patch("intake.register.projections.acts_of_case", lambda connection, case_id: []),
    ):
        start = time.perf_counter()
        register.append(packed)
        whole = time.perf_counter() - start
    register.close()
    return whole, stored


def _raw(folder: Path, rows: list[tuple[object, ...]]) -> float:
    open_register(folder).close()
    plain = connect(folder / "register.sqlite")
    start = time.perf_counter()
    plain.execute("BEGIN IMMEDIATE")
    plain.executemany(storing.WRITE_ACT, rows)
    plain.execute("COMMIT")
    taken = time.perf_counter() - start
    plain.close()
    return taken


def _comments(site: Site, count: int) -> list[VerifiedAct]:
    case = site.revision()
    made = []
    for number in range(count):
        body = {"text": f"Hello {number} " + "x" * 1500, "about": ""}
        act = site.act("ada", "comment", body, case=case.id, seq=number + 2, prev="", after=[])
        del site.acts[act.id]
        made.append(pack(act))
    return made


def _bare_page(path: Path) -> list[object]:
    plain = sqlite3.connect(path)
    statement, parameters = page_sql(Sort.NEWEST, {}, None, 100, Counts(0, {}))
    rows = plain.execute(statement, parameters).fetchall()
    plain.close()
    return rows


def _fetch(plain: sqlite3.Connection, statement: str, parameters: tuple[object, ...]) -> list[object]:
    return plain.execute(statement, parameters).fetchall()


def _compare(name: str, ours: Callable[[], object], floor: Callable[[], object], goal: str) -> None:
    pairs = []
    # The processor's time of this process: a page waits for nothing, and other programs on the machine do not count.
    for _ in range(ROUNDS * 20):
        start = time.process_time()
        ours()
        middle = time.process_time()
        floor()
        pairs.append((middle - start, time.process_time() - middle))
    _line(name, statistics.median(one for one, _ in pairs) / statistics.median(two for _, two in pairs), goal)


def _line(name: str, ratio: float, goal: str) -> None:
    print(f"{name:45} {ratio:8.2f}   goal {goal}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
