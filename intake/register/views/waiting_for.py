"""How many use cases of each unit wait for an office: whom a roster leaves without anybody who can decide."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from intake.domain.acts.kinds import Office
from intake.domain.organisation.offices import WaitingFor
from intake.register.store import schema
from intake.register.store.statements import Statement


def waiting_for_offices(connection: Connection) -> tuple[WaitingFor, ...]:
    """By unit, for each office the cases whose turn it is that of; units where nothing waits are left out."""
    return tuple(
        WaitingFor(office, unit, count)
        for office, statement in _WAITING.items()
        for unit, count in _rows(connection, statement)
    )


def _rows(connection: Connection, statement: Statement[str, int]) -> Iterator[tuple[str, int]]:
    return ((str(row[0]), int(row[1])) for row in statement.run(connection))


_row = schema.case_row
_WAITING = {
    office: Statement(select(_row.c.unit, func.count()).where(column == 1).group_by(_row.c.unit).order_by(_row.c.unit))
    for office, column in ((Office.CIO, _row.c.turn_cio), (Office.CISO, _row.c.turn_ciso))
}
