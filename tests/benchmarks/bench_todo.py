"""What needs somebody with a thousand open items, for their first page and its badge, against reading as many rows by raw SQL."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

from intake.domain.organisation.roster import Role
from intake.register.views.columns import COLUMNS
from intake.services.lists.todo import todo
from tests.benchmarks.harness import Row, ratio
from tests.register.helpers import open_register
from tests.register.test_lists import fill

CASES = 20_000
OPEN = 1_000
TINY = {"CASES": 60, "OPEN": 20}
_SQL = f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk WHERE c.turn_ciso = 1 ORDER BY c.press_key, c.pk LIMIT ?"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        register = open_register(Path(folder))
        fill(register, CASES)
        held = SimpleNamespace(holds=lambda _person, role, **_: role is Role.CISO)
        installation = SimpleNamespace(register=register, rosters=held, clock=register._clock)
        raw = sqlite3.connect(Path(folder) / "register.sqlite")
        found = todo(installation, "dan", limit=OPEN)  # type: ignore[arg-type]
        assert len(found.items) == min(OPEN, register.queries.turn_count("ciso"))

        def job() -> object:
            return todo(installation, "dan", limit=OPEN)  # type: ignore[arg-type]

        times, seconds = ratio(job, lambda: raw.execute(_SQL, (OPEN,)).fetchall())
        raw.close()
        register.close()
    yield Row(
        f"what needs somebody with {OPEN} open items", "raw SQL of as many rows", times, 6, f"{seconds * 1000:.0f} ms"
    )
