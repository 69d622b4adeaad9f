"""What the register list asks of SQL: pages by key in each order, filtered and searched, and the counts of the facets.

Everything here runs on the register lane and gives frozen rows of words; the screen only shows them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.formatting import day_words
from ui.jobs import JobTask
from ui.theme import Tone
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row
from ui.words import cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake.register.views.queries import Queries
    from intake.register.views.rows import CaseRow, Facet, Key, ListOrder, RowsPage
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked for: words to search, and (facet, value) pairs that must all hold."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def narrow(self) -> bool:
        return bool(self.text or self.filters)


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """``values`` maps each facet to its (value, count) pairs, the most frequent first; ``names`` person id to name."""

    total: int
    values: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """The last row of a page: its key, how many rows lie up to it, and the total it was counted with."""

    key: Key
    position: int
    total: int


def fetch(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of the register. Raises UnsearchableText."""
    return fetch_with(show, session, request)


def fetch_with(
    words_of: Callable[[CaseRow, Mapping[str, str]], Row], session: Session, request: PageRequest
) -> PageOfRows:
    """One page of cases, each put into words by ``words_of(row, names of people)``."""
    from intake.register.views.rows import Facet, ListOrder

    query = request.query if isinstance(request.query, ListQuery) else ListQuery()
    filters = {Facet(facet): value for facet, value in query.filters}
    sort = ListOrder(request.sort or ListOrder.NEWEST)
    queries = session.installation.register.queries
    after = request.after if isinstance(request.after, PageAnchor) else None
    total = after.total if after else queries.count(query.text, filters=filters)
    position = (after.position if after else 0) + request.skip
    if query.text:
        # A search gives no key for a place in its middle: the rows before it are passed over.
        reach = request.skip + request.limit
        page = queries.search(query.text, filters=filters, after=after.key if after else None, limit=reach)
        rows = page.rows[request.skip :]
    else:
        page = _page(queries, sort, filters, request, after, position, total)
        rows = page.rows
    names = _names(session, rows)
    last = rows[-1] if rows else None
    anchor = (
        PageAnchor(_key(last, ListOrder.NEWEST if query.text else sort), position + len(rows), total) if last else None
    )
    return PageOfRows(tuple(words_of(row, names) for row in rows), anchor, total)


def _page(
    queries: Queries,
    sort: ListOrder,
    filters: Mapping[Facet, str],
    request: PageRequest,
    after: PageAnchor | None,
    position: int,
    total: int,
) -> RowsPage:
    from intake.register.views.rows import RowsPage

    key = after.key if after else None
    if request.skip:
        before = total - position if request.descending else position - 1
        key = queries.anchor(before, sort=sort, filters=filters) if before >= 0 else None
        if key is None:
            return RowsPage((), None)
    return queries.page(sort=sort, filters=filters, after=key, limit=request.limit, backwards=request.descending)


def _key(row: CaseRow, sort: ListOrder) -> Key:
    from intake.register.views.paging import key_of

    return key_of(row, sort)


def _names(session: Session, rows: tuple[CaseRow, ...]) -> dict[str, str]:
    rosters = session.installation.rosters
    return {owner: rosters.name(owner) for owner in {row.owner for row in rows}}


def show(row: CaseRow, names: Mapping[str, str]) -> Row:
    """One row in words. A decided case says so; otherwise whose turn it is says more than the phase."""
    phase = cases.phase_words(row.phase)
    turn = cases.turn_words(row.turn)
    standing = turn or phase
    if row.phase == "decided" and turn:
        # Decided already: what is missing is a signature on the paper.
        standing = cases.phase_words(row.phase) + "; " + turn
    tip = " · ".join(part for part in (phase, turn) if part)
    mark = Tone.WARN if row.alarms else None
    due = day_words(row.due)
    return Row(
        row.case,
        (
            Cell(row.reference, quiet=True, tip=row.reference),
            Cell(row.title, tip=row.title),
            Cell(standing, ring=cases.ring(row.cio, row.ciso), tip=tip),
            Cell(cases.tier_words(row.tier), tone=cases.tier_tone(row.tier)),
            Cell(cases.stage_words(row.stage), quiet=True),
            Cell(names.get(row.owner, row.owner), quiet=True, tip=row.unit),
            Cell(due, quiet=mark is None, tone=mark),
        ),
    )


def count(_: JobTask, session: Session) -> FacetCounts:
    """How many cases there are, in all and for each value of each facet."""
    counts = session.installation.register.queries.counts()
    return FacetCounts(
        counts.total,
        {
            facet.value: tuple(sorted(values.items(), key=lambda item: (-item[1], item[0])))
            for facet, values in counts.facets.items()
        },
    )
