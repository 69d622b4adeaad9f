"""What is over in the cases of one person: what was granted and must stop, and conditions past their day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, bindparam, literal_column

from intake.domain.case.due import DueWhat
from intake.domain.case.stop import row_stop
from intake.register.store import schema
from intake.register.store.statements import Statement
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.rows import CaseRow


def stops_of_owner(connection: Connection, person: str, day: date, limit: int) -> tuple[CaseRow, ...]:
    """Those that an act stopped come first, then what ended first."""
    found = [
        *_STOPS_OF_OWNER.run(connection, owner=person, limit=limit),
        *_DUE_OF_OWNER.run(connection, owner=person, day=day.isoformat(), limit=limit),
    ]
    rows = {row.case: row for row in map(case_row, found)}
    return tuple(row for row in rows.values() if row_stop(row, day) is not None)[:limit]


def conditions_over(connection: Connection, person: str, day: date, limit: int) -> tuple[CaseRow, ...]:
    found = [
        *_DUE_OF_PERSON.run(connection, person=person, day=day.isoformat(), limit=limit),
        *_DUE_OF_OWNER.run(connection, owner=person, day=day.isoformat(), limit=limit),
    ]
    rows = {row.case: row for row in map(case_row, found) if row.due_what == DueWhat.CONDITION}
    return tuple(sorted(rows.values(), key=lambda row: (str(row.due), row.reference)))[:limit]


_row = schema.case_row

_STOPS_OF_OWNER = Statement(
    CASE_ROWS.where(_row.c.stop != literal_column("''"), _row.c.owner == bindparam("owner"))
    .order_by(_row.c.press_key, _row.c.pk)
    .limit(bindparam("limit"))
)
_DUE_OF_OWNER = Statement(
    CASE_ROWS.where(_row.c.owner == bindparam("owner"), _row.c.due_key < bindparam("day"))
    .order_by(_row.c.due_key, _row.c.pk)
    .limit(bindparam("limit"))
)
_DUE_OF_PERSON = Statement(
    CASE_ROWS.where(_row.c.due_of == bindparam("person"), _row.c.due_key < bindparam("day"))
    .order_by(_row.c.due_key, _row.c.pk)
    .limit(bindparam("limit"))
)
