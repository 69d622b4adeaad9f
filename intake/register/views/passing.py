"""Cases that go from hand to hand: those that wait to be taken over by one person."""

from __future__ import annotations

from sqlalchemy import Connection, literal_column

from intake.register.store import schema
from intake.register.store.statements import Statement
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.rows import CaseRow


def handed_to(connection: Connection, person: str, limit: int) -> tuple[CaseRow, ...]:
    """Those that this person may take over now, the most pressing first. Few wait so at any time, so all are read."""
    rows = map(case_row, _HANDED.run(connection))
    return tuple(row for row in rows if person in row.successor.split())[:limit]


_row = schema.case_row

_HANDED = Statement(CASE_ROWS.where(_row.c.successor != literal_column("''")).order_by(_row.c.press_key, _row.c.pk))
