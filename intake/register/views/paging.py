"""The SQL of the register list: one page by key, in each offered order, with each offered filter.

This is SQL and no expression for two reasons. The first page is read with ``sqlite3`` alone, before SQLAlchemy is
imported; and only SQLite has the ``+`` that keeps a condition or an order from using an index. A page never costs more
because it is further down: it starts at a key, not at an offset.
"""

# ruff: noqa: S608 - put together from constants of this package; values are parameters

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.case.phases import BOTH_SIGNED
from intake.register.views.columns import ANY_RECORD, COLUMNS, FACET_COLUMNS, ORDERS, turn_column
from intake.register.views.rows import CaseRow, Counts, DecidedDay, EndsDay, Facet, Key, ListOrder, RowsPage

PAGE = 100

SELECTIVE = 3000
"""Up to so many matches are sorted on the spot; with more, the list is walked in its order until a page is full."""

Filters = Mapping[Facet | DecidedDay | EndsDay, str]
"""What must hold: a value of a facet, an ISO day at either end of the range of decisions, and before or from which it ends."""

_INDEXED = {
    Facet.TURN: frozenset({ListOrder.PRESSING}),
    Facet.YEAR: frozenset({ListOrder.DECIDED}),
    Facet.RECORD: frozenset({ListOrder.DECIDED}),
    Facet.OWNER: frozenset[ListOrder](),
}
"""The orders in which the index of a filter has its rows; those that are not here have two indexes."""

_FIRST_DAY = "0001-01-01"
"""What was never decided has a key before this."""

_TWO = frozenset({ListOrder.PRESSING, ListOrder.NEWEST})


def page_sql(
    sort: ListOrder, filters: Filters, after: Key | None, limit: int, counts: Counts, *, backwards: bool = False
) -> tuple[str, tuple[object, ...]]:
    """Statement and parameters for one page of ``limit`` rows and one more, which tells whether there is another page.

    ``backwards`` reads the page before ``after``, nearest row first.
    """
    column, falling = ORDERS[sort].name, ORDERS[sort].falling != backwards
    where, parameters = _where(filters, sort, counts)
    if after is not None:
        where.append(f"(c.{column}, c.pk) {'<' if falling else '>'} (?, ?)")
        parameters += [after.value, after.pk]
    # A leading + keeps SQLite from walking the order's own index when a filter leaves few rows.
    plus = "+" if where and _sorts_on_the_spot(filters, sort, counts) else ""
    order = "DESC" if falling else "ASC"
    condition = f"WHERE {' AND '.join(where)} " if where else ""
    statement = (
        f"SELECT {COLUMNS} FROM case_row c JOIN use_case u ON u.pk = c.pk {condition}"
        f"ORDER BY {plus}c.{column} {order}, {plus}c.pk {order} LIMIT ?"
    )
    return statement, (*parameters, limit + 1)


def anchor_sql(sort: ListOrder, filters: Filters, position: int, counts: Counts) -> tuple[str, tuple[object, ...]]:
    """Statement for the key of the row at ``position`` (from 0): for jumping into the middle of a long list.

    This one does count rows, but only inside an index of a few bytes per row.
    """
    column = ORDERS[sort].name
    where, parameters = _where(filters, sort, counts)
    order = "DESC" if ORDERS[sort].falling else "ASC"
    condition = f"WHERE {' AND '.join(where)} " if where else ""
    return (
        f"SELECT c.{column}, c.pk FROM case_row c {condition}ORDER BY c.{column} {order}, c.pk {order} LIMIT 1 OFFSET ?",
        (*parameters, position),
    )


def numbers_sql(
    sort: ListOrder, filters: Filters, counts: Counts, *, backwards: bool
) -> tuple[str, tuple[object, ...]]:
    """Statement for the numbers of all rows that the filters leave, in order."""
    column, order = ORDERS[sort].name, "DESC" if ORDERS[sort].falling != backwards else "ASC"
    where, parameters = _where(filters, sort, counts)
    condition = f"WHERE {' AND '.join(where)} " if where else ""
    return f"SELECT c.pk FROM case_row c {condition}ORDER BY c.{column} {order}, c.pk {order}", tuple(parameters)


def count_sql(filters: Filters, counts: Counts) -> tuple[str, tuple[object, ...]]:
    """Statement and parameters for how many rows the filters leave."""
    where, parameters = _where(filters, ListOrder.PRESSING, counts)
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT count(*) FROM case_row c{condition}", tuple(parameters)


def page_of(rows: list[CaseRow], sort: ListOrder, limit: int) -> RowsPage:
    """The page from the rows that ``page_sql`` found."""
    if len(rows) <= limit:
        return RowsPage(tuple(rows), None)
    return RowsPage(tuple(rows[:limit]), key_of(rows[limit - 1], sort))


def key_of(row: CaseRow, sort: ListOrder) -> Key:
    """The place of a row in an order."""
    value = ORDERS[sort].stored(row)
    assert value is not None  # an order has a value for every row: see the columns
    return Key(value, row.pk)


def _where(filters: Filters, sort: ListOrder, counts: Counts) -> tuple[list[str], list[object]]:
    """The conditions. Only the rarest filter may use its index; the others are checked on the rows it finds."""
    where: list[str] = []
    parameters: list[object] = []
    ranked = sorted(facets_of(filters).items(), key=lambda item: (counts.of(*item), item[0]))
    for position, (facet, value) in enumerate(ranked):
        first = position == 0 and (_has_rows_in(facet, sort) or counts.of(facet, value) <= SELECTIVE)
        plus = "" if first else "+"
        if facet is Facet.TURN:
            where.append(f"{plus}c.{turn_column(value)} = 1")
        elif facet is Facet.RECORD and value == ANY_RECORD:
            where.append("+c.record <> ''")
        else:
            where.append(f"{plus}c.{FACET_COLUMNS[facet]} = ?")
            parameters.append(value)
    # The index of this order is walked from one day to the other, unless a filter leaves fewer rows.
    plus = "" if sort is ListOrder.DECIDED and not _sorts_on_the_spot(filters, sort, counts) else "+"
    for condition, day in range_sql(filters):
        where.append(("+" if condition.startswith("c.expires") else plus) + condition)
        parameters.append(day)
    return where, parameters


def facets_of(filters: Filters) -> Mapping[Facet, str]:
    """The filters that are values of facets: those that are counted, and words of the full-text index."""
    return {facet: value for facet, value in filters.items() if isinstance(facet, Facet)}


def range_sql(filters: Filters) -> tuple[tuple[str, str], ...]:
    """The conditions of the ranges of days, on c which is case_row, each with its parameter."""
    found = []
    if first := filters.get(DecidedDay.FROM):
        found.append(("c.decided_key >= ?", first))
    if last := filters.get(DecidedDay.TO):
        # The key goes on behind the day with a space; what comes behind all of them sorts after every moment of it.
        found.append(("c.decided_key < ?", f"{last}!"))
    if found and DecidedDay.FROM not in filters:
        found.append(("c.decided_key >= ?", _FIRST_DAY))
    if today := filters.get(EndsDay.BEFORE):
        found.append((f"c.expires_key < ? AND +c.phase IN ({_MAY_END})", today))
    if today := filters.get(EndsDay.FROM):
        found.append(("c.expires_key >= ?", today))
    return tuple(found)


_MAY_END = ", ".join(f"'{phase.value}'" for phase in BOTH_SIGNED)


def _has_rows_in(facet: Facet, sort: ListOrder) -> bool:
    """Whether the index of a filter gives its rows in this order."""
    return sort in _INDEXED.get(facet, _TWO)


def _sorts_on_the_spot(filters: Filters, sort: ListOrder, counts: Counts) -> bool:
    facets = facets_of(filters)
    if not facets:
        return False
    rarest = min(facets.items(), key=lambda item: (counts.of(*item), item[0]))
    return not _has_rows_in(rarest[0], sort) and counts.of(*rarest) <= SELECTIVE


def counts_of(rows: list[tuple[str, str, int]]) -> Counts:
    """The counts from the rows of the counter table."""
    total = 0
    facets: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
    for name, value, count in rows:
        if name == "total":
            total = count
        elif name in facets:
            facets[Facet(name)][value] = count
    return Counts(total, facets)


COUNT_OF = "SELECT count FROM counter WHERE facet = ? AND value = ?"
"""Of one value: there are as many owners as people, so their counts are not read all."""

COUNTS = "SELECT facet, value, count FROM counter WHERE facet IN ('total', 'phase', 'tier', 'unit', 'stage', 'turn', 'year', 'record', 'waived') AND count > 0"

SETTINGS = "SELECT name, value FROM installation WHERE name IN ('org', 'person')"
"""What the first page says besides its rows."""
