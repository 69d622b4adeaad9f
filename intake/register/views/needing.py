"""Reading what needs somebody: their turns, what use cases ask of them, and what has arrived since they looked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import bindparam, literal_column, select

from intake.domain.organisation.offices import WaitingFor
from intake.register.store import schema
from intake.register.store.database import Database
from intake.register.store.statements import Statement
from intake.register.views import asked, own_dues, passing
from intake.register.views.asked import AskedOf
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.paging import PAGE
from intake.register.views.rows import CaseRow, Facet
from intake.register.views.waiting_for import waiting_for_offices


class NeedQueries:
    """A part of ``queries.Queries``, by the same rules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def turns_of_owner(self, person: str, *, limit: int = PAGE) -> tuple[CaseRow, ...]:
        """Cases of this owner whose turn it is, the most pressing first."""
        with self._database.read() as connection:
            found = _TURNS_OF_OWNER.run(connection, owner=person, limit=limit).all()
        return tuple(case_row(row) for row in found)

    def of_person(self, person: str, news: date, *, limit: int) -> tuple[CaseRow, ...]:
        """Cases that may need this person as their owner: see ``own_dues``."""
        with self._database.read() as connection:
            return own_dues.of_person(connection, person, news, limit)

    def asked_of(self, parties: Collection[str], first: date, day: date, *, limit: int) -> AskedOf:
        """What cases ask of some parties, from one day to another: see ``asked``."""
        with self._database.read() as connection:
            return asked.asked_of(connection, parties, first, day, limit)

    def arrived_since(self, cases: Collection[str], moment: datetime, passed: Collection[str]) -> frozenset[str]:
        """Those of these cases of which an act has arrived since, but for acts of the kinds ``passed``."""
        with self._database.read() as connection:
            return own_dues.arrived_since(connection, cases, moment, passed)

    def passing(self, person: str, *, limit: int = PAGE) -> tuple[CaseRow, ...]:
        """Cases that this person may take over."""
        with self._database.read() as connection:
            return passing.handed_to(connection, person, limit)

    def turn_count(self, office: str, *, owner: str = "") -> int:
        """How many cases wait for an office; for "owner" those of one person."""
        facet, value = ("turn-of", owner) if owner else (Facet.TURN.value, office)
        with self._database.read() as connection:
            return _COUNTED.run(connection, facet=facet, value=value).scalar() or 0

    def waiting_for_offices(self) -> tuple[WaitingFor, ...]:
        """How many use cases of each unit wait for each office."""
        with self._database.read() as connection:
            return waiting_for_offices(connection)


_row, _counter_row = schema.case_row, schema.counter
_TURNS_OF_OWNER = Statement(
    # Written out, or SQLite would not see that the index of these turns holds them all.
    CASE_ROWS.where(_row.c.turn_owner == literal_column("1"), _row.c.owner == bindparam("owner"))
    .order_by(_row.c.press_key, _row.c.pk)
    .limit(bindparam("limit"))
)
_COUNTED = Statement(
    select(_counter_row.c.count).where(
        _counter_row.c.facet == bindparam("facet"), _counter_row.c.value == bindparam("value")
    )
)
