"""The first page of the register list for the start of the app, read with plain ``sqlite3``.

The window is there before SQLAlchemy is imported; this module must never reach it. Anything unusual about the file is
left to ``Register.open``, which says what is wrong: here it only means that there is no first page.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from intake.domain.base.refusals import Refusal
from intake.register.store.connecting import connect, judge_file
from intake.register.store.pragmas import BEGIN
from intake.register.views.columns import case_row
from intake.register.views.paging import COUNTS, PAGE, SETTINGS, counts_of, page_of, page_sql
from intake.register.views.rows import Counts, ListOrder, RowsPage


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What the first screen shows. ``org`` and ``person`` are empty before the first run is finished."""

    page: RowsPage
    counts: Counts
    org: str
    person: str


def first_page(path: Path, *, limit: int = PAGE) -> FirstPage | None:
    """The newest cases, or None when there is no register to be read yet. Never raises a refusal, never writes."""
    try:
        if not judge_file(path):
            return None
        connection = connect(path, readonly=True)
    except Refusal:
        return None
    try:
        connection.execute(BEGIN)
        counts = counts_of(connection.execute(COUNTS).fetchall())
        statement, parameters = page_sql(ListOrder.NEWEST, {}, None, limit, counts)
        rows = [case_row(found) for found in connection.execute(statement, parameters)]
        settings = dict(connection.execute(SETTINGS))
    except sqlite3.Error:
        return None
    finally:
        connection.close()
    return FirstPage(
        page_of(rows, ListOrder.NEWEST, limit), counts, settings.get("org", ""), settings.get("person", "")
    )
