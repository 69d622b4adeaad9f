"""How many cases there are with each value of each filter, as the register has counted them: what pages are planned by."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from intake.register.store.schema import counter
from intake.register.store.statements import Statement
from intake.register.views.paging import COUNT_OF, COUNTS, Filters, counts_of
from intake.register.views.rows import Counts, Facet

_NONE = Counts(0, {})


def all_counts(connection: Connection) -> Counts:
    """Of every value of every filter but the owners, of whom there are as many as people."""
    return counts_of([(row[0], row[1], row[2]) for row in connection.exec_driver_sql(COUNTS)])


def counts_for(connection: Connection, chosen: Filters) -> Counts:
    """What a page with these filters is planned by."""
    if not chosen:
        return _NONE
    found = all_counts(connection)
    if Facet.OWNER not in chosen:
        return found
    owner = chosen[Facet.OWNER]
    count = connection.exec_driver_sql(COUNT_OF, (Facet.OWNER.value, owner)).scalar() or 0
    return Counts(found.total, {**found.facets, Facet.OWNER: {owner: count}})


_more = insert(counter)
COUNT = Statement(
    _more.on_conflict_do_update(
        index_elements=["facet", "value"], set_={"count": counter.c.count + _more.excluded["count"]}
    )
)
"""Adds to a count, or takes from it."""
