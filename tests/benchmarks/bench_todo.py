"""What needs somebody with a thousand open items, for their first page and its badge, against reading as many rows by raw SQL."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from intake.domain.base.wording import on_day
from intake.domain.case.asks import CaseAsk, TodoKind
from intake.domain.case.next_said import MEET_OVER
from intake.domain.organisation.roster import Role
from intake.register.register import Register
from intake.register.views.asked import write_asks
from intake.register.views.columns import COLUMNS
from intake.services.lists.todo import todo
from tests.benchmarks.harness import Row, ratio
from tests.register.helpers import open_register
from tests.register.test_lists import fill

CASES = 20_000
OPEN = 1_000
TINY = {"CASES": 60, "OPEN": 20}
_ASKED = (
    f"SELECT {COLUMNS}, a.* FROM case_ask a JOIN use_case u ON u.pk = a.case_pk JOIN case_row c ON c.pk = u.pk "
    "WHERE a.party = ? ORDER BY a.since, a.case_pk, a.position LIMIT ?"
)
_SQL = f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk WHERE c.turn_ciso = 1 ORDER BY c.press_key, c.pk LIMIT ?"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        fill(register, CASES)
        with register._database.write() as connection:
            # What waits for an office is to be decided.
            connection.exec_driver_sql("UPDATE case_row SET phase = 'review' WHERE turn_ciso = 1")
        held = SimpleNamespace(holds=lambda _person, role, **_: role is Role.CISO, name=str, in_force=())
        installation = SimpleNamespace(register=register, rosters=held, clock=register._clock)
        raw = sqlite3.connect(Path(folder) / "register.sqlite")
        found = todo(installation, "dan", limit=OPEN)  # type: ignore[arg-type]
        assert len(found.items) == min(OPEN, register.queries.turn_count("ciso"))

        def job() -> object:
            return todo(installation, "dan", limit=OPEN)  # type: ignore[arg-type]

        times, seconds = ratio(job, lambda: raw.execute(_SQL, (OPEN,)).fetchall())
        yield Row(
            f"what needs an office whose turn it is in {OPEN}",
            "raw SQL of as many rows",
            times,
            6,
            f"{seconds * 1000:.0f} ms",
        )
        ask_everybody(register)
        asked = todo(installation, "eve", limit=OPEN)  # type: ignore[arg-type]
        assert Counter(item.kind for item in asked.items)[TodoKind.OVERDUE] == min(OPEN, CASES)

        def asking() -> object:
            return todo(installation, "eve", limit=OPEN)  # type: ignore[arg-type]

        held.holds = lambda *_, **__: False
        times, seconds = ratio(asking, lambda: raw.execute(_ASKED, ("eve", OPEN)).fetchall())
        raw.close()
        register.close()
    yield Row(
        f"what needs somebody asked in {OPEN} use cases",
        "raw SQL of as many rows",
        times,
        9,
        f"{seconds * 1000:.0f} ms",
    )


def ask_everybody(register: Register) -> None:
    """Something overdue of Eve in every use case, among what others are asked for."""
    day = date(2026, 1, 1)
    with register._database.write() as connection:
        for pk in range(1, CASES + 1):
            said = MEET_OVER(text=f"Train team {pk}", day=on_day(day))
            asks = tuple(
                CaseAsk(TodoKind.OVERDUE, who, day, said, day, name=f"{pk:016}") for who in ("eve", "bob", "finn")
            )
            write_asks(connection, pk, SimpleNamespace(asks=asks))  # type: ignore[arg-type]
