"""The use cases that may need their owner: whose turn is theirs, that must stop, that end or that were decided.

What of it does need them is ``domain.case.todo``, and what is asked of somebody besides is in ``asked``; here each question only has
its index, and none reads more than it is asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, literal_column, select

from intake.domain.case.due import NEVER
from intake.register.store import schema
from intake.register.store.statements import NAMES, Statement
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.rows import CaseRow


def of_person(connection: Connection, person: str, news: date, limit: int) -> tuple[CaseRow, ...]:
    """At most ``limit`` of each sort: own cases whose turn is the owner's, that must stop, that are in force (what ends first
    before the others), that were decided from ``news`` on.
    """
    found = [
        *_TURNS.run(connection, owner=person, limit=limit),
        *_STOPS.run(connection, owner=person, limit=limit),
        *_IN_FORCE.run(connection, owner=person, limit=limit),
        *_DECIDED.run(
            connection, owner=person, first=str(news.year), last=str(news.year + 1), news=news.isoformat(), limit=limit
        ),
    ]
    once = {values[0]: values for values in found}
    return tuple(map(case_row, once.values()))


def arrived_since(
    connection: Connection, cases: Collection[str], moment: datetime, passed: Collection[str]
) -> frozenset[str]:
    found = _ARRIVED.among(connection, cases)
    return frozenset(case for case, kind, received in found if received >= moment.isoformat() and kind not in passed)


_row, _act = schema.case_row, schema.act

_TURNS = Statement(
    # Written out, or SQLite would not see that the index of these turns holds them all.
    CASE_ROWS.where(_row.c.turn_owner == literal_column("1"), _row.c.owner == bindparam("owner"))
    .order_by(_row.c.press_key, _row.c.pk)
    .limit(bindparam("limit"))
)
_STOPS = Statement(
    CASE_ROWS.where(_row.c.stop != literal_column("''"), _row.c.owner == bindparam("owner"))
    .order_by(_row.c.press_key, _row.c.pk)
    .limit(bindparam("limit"))
)
_IN_FORCE = Statement(
    CASE_ROWS.where(_row.c.owner == bindparam("owner"), _row.c.due_key < literal_column(f"'{NEVER}'"))
    .order_by(_row.c.due_key, _row.c.pk)
    .limit(bindparam("limit"))
)
_DECIDED = Statement(
    CASE_ROWS.where(
        _row.c.decided_year.in_((bindparam("first"), bindparam("last"))),
        _row.c.decided_key >= bindparam("news"),
        _row.c.owner == bindparam("owner"),
    ).limit(bindparam("limit"))
)
_ARRIVED = Statement(select(_act.c.case_id, _act.c.kind, _act.c.received).where(_act.c.case_id.in_(NAMES)))
