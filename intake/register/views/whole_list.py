"""A list as a whole, for a file of it: which cases in which order is settled at one moment, their rows are read bit by bit.

A case that moves meanwhile is neither written twice nor left out, and nobody waits: of a million cases eight bytes each are
kept, and a transaction is open for one step.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from intake.register.store.database import Database
from intake.register.store.schema import case_row as table
from intake.register.store.statements import NAMES, Statement
from intake.register.views import full_text
from intake.register.views.case_rows import CASE_ROWS
from intake.register.views.columns import case_row
from intake.register.views.counting import counts_for
from intake.register.views.paging import Filters, facets_of, numbers_sql, range_sql
from intake.register.views.rows import CaseRow, ListOrder

STEP = 400
"""Rows that are read at a time."""


class WholeList:
    def __init__(self, database: Database) -> None:
        self._database = database

    def numbers(
        self, text: str = "", *, sort: ListOrder, filters: Filters | None = None, backwards: bool = False
    ) -> Sequence[int]:
        """The numbers of all cases that ``Queries.page`` would give in this order; with ``text`` of those that ``search``
        gives, newest first. Raises UnsearchableText.
        """
        chosen = filters or {}
        expression = full_text.match_expression(text, facets_of(chosen))
        with self._database.read() as connection:
            if expression:
                return array("q", full_text.every(connection, expression, range_sql(chosen)))
            if text.strip():
                return ()
            asked = numbers_sql(sort, chosen, counts_for(connection, chosen), backwards=backwards)
            return array("q", (row[0] for row in connection.exec_driver_sql(*asked)))

    def rows(self, numbers: Sequence[int]) -> Iterator[Sequence[CaseRow]]:
        """Their rows in this order, as they are when they are read, ``STEP`` at a time; without those that are gone by then."""
        for begin in range(0, len(numbers), STEP):
            step = numbers[begin : begin + STEP]
            with self._database.read() as connection:
                found = {row[0]: case_row(row) for row in _ROWS.among(connection, step)}
            yield tuple(found[number] for number in step if number in found)


_ROWS = Statement(CASE_ROWS.where(table.c.pk.in_(NAMES)))
