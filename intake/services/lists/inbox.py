"""The three lists of the inbox: what waits for me, what waits for others, what is due for another review.

Each comes with what presses most first, can be sorted by its headings and narrowed by words and by (facet, value) pairs. An
office's own list is paged in SQL. The others are short by nature and are read up to ``MOST`` cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from intake.domain.base.visible import as_sought
from intake.domain.case.allowed import office_of
from intake.domain.case.due import SOON
from intake.domain.case.phases import phase_on
from intake.register.views.columns import ANY_RECORD, FACET_COLUMNS
from intake.register.views.paging import Filters, key_of
from intake.register.views.rows import CaseRow, Facet, Key, ListOrder
from intake.services.lists import cases
from intake.services.lists.cases import FilterPairs, PageOfCases, PlaceInList

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation

MINE, OTHERS, DUE = "mine", "others", "due"
MOST = 1000
_STEP = 200


@dataclass(frozen=True, slots=True)
class InboxReader:
    """Who looks at the inbox: an office, or (``office`` is empty) somebody with use cases."""

    person: str
    office: str
    today: date

    def waits_for(self, row: CaseRow) -> bool:
        """Whether it is this person's turn in this case."""
        mine = "owner" in row.turn and row.owner == self.person
        return bool(self.office and self.office in row.turn) or mine or self.person in row.successor.split()

    def parties(self, row: CaseRow) -> tuple[str, ...]:
        """The parties this person is one of in this case: "owner", and the office."""
        mine = ("owner",) if row.owner == self.person else ()
        return (*mine, self.office) if self.office else mine


@dataclass(frozen=True, slots=True)
class InboxQuery:
    """Which of the three lists, in which order (a value of ``ListOrder``; empty is its own), narrowed by what."""

    group: str
    sort: str = ""
    text: str = ""
    filters: FilterPairs = ()


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many cases are in each list of somebody, and the office they are of, empty for everybody else."""

    mine: int
    others: int
    due: int
    office: str


def reader(installation: Installation, person: str) -> InboxReader:
    office = office_of(installation.rosters, person)
    return InboxReader(person, office.value if office else "", installation.clock().date())


def counts(installation: Installation, who: InboxReader) -> InboxCounts:
    return InboxCounts(
        mine_count(installation, who), len(others(installation, who)), len(due(installation, who)), who.office
    )


def mine_count(installation: Installation, who: InboxReader) -> int:
    """How many use cases wait for this person: what the first list of the inbox holds, and its badge says."""
    queries = installation.register.queries
    if who.office:
        return queries.turn_count(who.office)
    return queries.turn_count("owner", owner=who.person) + len(_handed(installation, who))


def page(installation: Installation, who: InboxReader, query: InboxQuery, place: PlaceInList) -> PageOfCases:
    """One page of one of the lists. Raises UnsearchableText for the words of an office's own list."""
    if query.group == MINE and who.office:
        filters = (*query.filters, (Facet.TURN.value, who.office))
        return cases.page(installation, place, sort=query.sort, text=query.text, filters=filters)
    return cases.page_of_rows(listed(installation, who, query, backwards=place.backwards), place)


def listed(
    installation: Installation, who: InboxReader, query: InboxQuery, *, backwards: bool = False
) -> tuple[CaseRow, ...]:
    """One of the lists as a whole, up to ``MOST`` cases; an office's own is longer, and only ``page`` gives it."""
    own = ListOrder.DUE if query.group == DUE else ListOrder.PRESSING
    found = {MINE: owned, OTHERS: others, DUE: due}[query.group](installation, who)
    return cases.sort_rows(
        _narrowed(found, query, who.today), ListOrder(query.sort) if query.sort else own, backwards=backwards
    )


def owned(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """The person's own cases that wait for them, and those they may take over, the most pressing first."""
    queries = installation.register.queries
    rows = (*queries.turns_of_owner(who.person, limit=MOST), *_handed(installation, who))
    return cases.sort_rows(rows, ListOrder.PRESSING)


def _handed(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """Cases that the person may take over, but for their own."""
    found = installation.register.queries.passing(who.person, limit=MOST)
    return tuple(row for row in found if row.owner != who.person)


def others(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """Cases that wait for somebody else, the most pressing first: for an office all of them, for an owner their own."""
    found: dict[str, CaseRow] = {}
    for party in ("cio", "ciso", "owner"):
        if party == who.office:
            continue
        for row in _walk(installation, ListOrder.PRESSING, {Facet.TURN: party}):
            shown = bool(who.office) or row.owner == who.person
            if shown and not who.waits_for(row):
                found[row.case] = row
    return cases.sort_rows(found.values(), ListOrder.PRESSING)


def due(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """Cases with terms in force whose end, or whose earliest commitment, is near or past; the most pressing first."""
    found = []
    for row in _walk(installation, ListOrder.DUE, {}):
        if row.due is None or row.due > who.today + SOON:
            break
        if who.office or row.owner == who.person:
            found.append(row)
    return tuple(found)


def next_after(installation: Installation, who: InboxReader, case: str) -> CaseRow | None:
    """The case to go on with after this one: of those that wait for this person the most pressing other one."""
    if who.office:
        waiting: Iterable[CaseRow] = installation.register.queries.turns_of_office(who.office, limit=2).rows
    else:
        waiting = installation.register.queries.turns_of_owner(who.person, limit=2)
    return next((row for row in waiting if row.case != case), None)


def beside(installation: Installation, who: InboxReader, case: str, step: int) -> CaseRow | None:
    """The case ``step`` places behind this one (before it, where negative) among those that wait for this person.

    From a case that does not wait for them, the first of those that do; None beyond either end.
    """
    queries = installation.register.queries
    mine: Filters = {Facet.TURN: who.office} if who.office else {Facet.TURN: "owner", Facet.OWNER: who.person}
    here = queries.row(case)
    if here is None or not (who.office in here.turn if who.office else who.waits_for(here)):
        return next(iter(queries.page(sort=ListOrder.PRESSING, filters=mine, limit=1).rows), None)
    # From its own place in the order: however long the list is, no more is read than the way there.
    key, count = key_of(here, ListOrder.PRESSING), abs(step)
    rows = queries.page(sort=ListOrder.PRESSING, filters=mine, after=key, limit=count, backwards=step < 0).rows
    return rows[count - 1] if len(rows) == count else None


def _narrowed(rows: Iterable[CaseRow], query: InboxQuery, today: date) -> Iterator[CaseRow]:
    words = as_sought(query.text).split()
    for row in rows:
        said = as_sought(f"{row.reference} {row.title} {row.unit}")
        if all(word in said for word in words) and all(_has(row, *pair, today) for pair in query.filters):
            yield row


def _has(row: CaseRow, facet: str, value: str, today: date) -> bool:
    if facet == Facet.PHASE:
        return phase_on(row, today) == value
    if facet == Facet.TURN:
        return value in row.turn
    if facet == Facet.RECORD and value == ANY_RECORD:
        return bool(row.record)
    return bool(getattr(row, FACET_COLUMNS[Facet(facet)]) == value)


def _walk(installation: Installation, sort: ListOrder, filters: Filters) -> Iterator[CaseRow]:
    after: Key | None = None
    for _ in range(MOST // _STEP):
        found = installation.register.queries.page(sort=sort, filters=filters, after=after, limit=_STEP)
        yield from found.rows
        after = found.after
        if after is None:
            return
