"""The three lists of the inbox: what waits for me, what waits for others, what is due for another review.

An office's own list is paged in SQL. The others are short by nature and are read up to ``MOST`` cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from intake.domain.case.allowed import office_of
from intake.register.views.rows import CaseRow, Facet, Key, ListOrder

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation

MOST = 1000
SOON = timedelta(days=45)
"""How long before an approval ends, or a condition is due, it appears among the re-reviews."""
_STEP = 200


@dataclass(frozen=True, slots=True)
class InboxReader:
    """Who looks at the inbox: an office, or (``office`` is empty) somebody with use cases."""

    person: str
    office: str
    today: date

    def waits_for(self, row: CaseRow) -> bool:
        """Whether it is this person's turn in this case."""
        return bool(self.office and self.office in row.turn) or ("owner" in row.turn and row.owner == self.person)

    def parties(self, row: CaseRow) -> tuple[str, ...]:
        """The parties this person is one of in this case: "owner", and the office."""
        mine = ("owner",) if row.owner == self.person else ()
        return (*mine, self.office) if self.office else mine


@dataclass(frozen=True, slots=True)
class InboxCounts:
    mine: int
    others: int
    due: int


def reader(installation: Installation, person: str) -> InboxReader:
    office = office_of(installation.rosters, person)
    return InboxReader(person, office.value if office else "", installation.clock().date())


def counts(installation: Installation, who: InboxReader) -> InboxCounts:
    return InboxCounts(mine_count(installation, who), len(others(installation, who)), len(due(installation, who)))


def mine_count(installation: Installation, who: InboxReader) -> int:
    """How many use cases wait for this person: what the first list of the inbox holds, and its badge says."""
    queries = installation.register.queries
    return queries.turn_count(who.office) if who.office else queries.turn_count("owner", owner=who.person)


def waiting_cases(installation: Installation, who: InboxReader, *, limit: int) -> tuple[str, ...]:
    """The first use cases (ids) that wait for this person, in the order of the inbox."""
    queries = installation.register.queries
    rows = queries.turns_of_office(who.office, limit=limit).rows if who.office else owned(installation, who)[:limit]
    return tuple(row.case for row in rows)


def owned(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """The person's own cases that wait for them, the most urgent first."""
    return installation.register.queries.turns_of_owner(who.person, limit=MOST)


def others(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """Cases that wait for somebody else, newest first: for an office all of them, for an owner their own."""
    found: dict[str, CaseRow] = {}
    for party in ("cio", "ciso", "owner"):
        if party == who.office:
            continue
        for row in _walk(installation, ListOrder.NEWEST, {Facet.TURN: party}):
            shown = bool(who.office) or row.owner == who.person
            if shown and not who.waits_for(row):
                found[row.case] = row
    return tuple(sorted(found.values(), key=lambda row: (row.newest, row.pk), reverse=True))


def due(installation: Installation, who: InboxReader) -> tuple[CaseRow, ...]:
    """Cases with terms in force whose end, or whose earliest condition, is near or past; the most pressing first."""
    found = []
    for row in _walk(installation, ListOrder.DUE, {}):
        if row.due is None or row.due > who.today + SOON:
            break
        if who.office or row.owner == who.person:
            found.append(row)
    return tuple(found)


def _walk(installation: Installation, sort: ListOrder, filters: dict[Facet, str]) -> Iterator[CaseRow]:
    after: Key | None = None
    for _ in range(MOST // _STEP):
        page = installation.register.queries.page(sort=sort, filters=filters, after=after, limit=_STEP)
        yield from page.rows
        after = page.after
        if after is None:
            return
