"""The register list: pages in each order, filtered and searched, with the counts of the filters.

What is found by words is sorted on the spot while it is not more than ``SORTED``; more comes newest first, as the index has it.

Orders, facets and their values are given as the plain words screens use. Where a page ends is a ``PageAnchor``, which the
caller hands back as it is: what is in it, and how the next page is found with it, is known here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from intake.domain.base.refusals import Refusal
from intake.domain.case.phases import BOTH_SIGNED, EXPIRED
from intake.register.views.columns import ORDERS
from intake.register.views.paging import Filters, key_of
from intake.register.views.rows import (
    CaseRow as CaseRow,  # noqa: PLC0414 - a page is a hundred of these, each made once and shown as it is
)
from intake.register.views.rows import DecidedDay, EndsDay, Facet, Key, ListOrder

if TYPE_CHECKING:
    from intake.register.views.queries import Queries
    from intake.services.installation.installation import Installation

FilterPairs = tuple[tuple[str, str], ...]
"""(facet, value) pairs that must all hold; the facets are "phase", "tier", "unit", "stage", "turn", "owner", "year", "record" and
"waived", and "from" and "to" are the ISO days between which it was decided.
"""

SORTED = 1000
"""So many cases that a search finds are brought into any order."""


class SeveralCases(Refusal):
    what = "{count} use cases bear the reference {name}: {cases}."
    why = "Two never have the same by chance: somebody made one so on purpose, and which one is meant cannot be told."
    next = "Compare the titles and name the one you mean by its whole id, in place of the reference."


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """Where a page ends. Only this module reads it."""

    key: Key
    position: int
    """How many rows there are up to the end of the page."""
    total: int
    """What was counted with the first page, so that the next one need not count."""


@dataclass(frozen=True, slots=True)
class PageOfCases:
    """Rows, where the page after them begins (None when there are none), and how many rows there are in all."""

    rows: tuple[CaseRow, ...]
    anchor: PageAnchor | None
    total: int


@dataclass(frozen=True, slots=True)
class PlaceInList:
    """Which rows are wanted: ``limit`` of them, ``skip`` rows after ``after`` (None: the beginning)."""

    after: PageAnchor | None = None
    skip: int = 0
    limit: int = 100
    backwards: bool = False
    """The whole list in the opposite order."""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """``values`` maps each facet to its (value, count) pairs, the most frequent first."""

    total: int
    values: Mapping[str, FacetValues]


FacetValues = tuple[tuple[str, int], ...]
_FIRST = PlaceInList()
_ID_END = 12
"""Digits at the end of a case id. A reference is made of its beginning, which is the same where two cases share it."""
_LAST_DAY = date.max.isoformat()


def page(
    installation: Installation,
    place: PlaceInList = _FIRST,
    *,
    sort: str = "",
    text: str = "",
    filters: FilterPairs = (),
) -> PageOfCases:
    """One page of cases; with ``text`` those in which every word of it begins some word.

    ``sort`` is a value of ``ListOrder``; empty for the most pressing first. Raises UnsearchableText.
    """
    queries = installation.register.queries
    asked = chosen(filters, installation.clock().date())
    order = ListOrder(sort or ListOrder.PRESSING)
    total = place.after.total if place.after else _total(queries, text, asked)
    if not text:
        return _sorted(queries, place, order, asked, total)
    if total > SORTED:
        return _found(queries, place, text, asked, total)
    return _found_and_sorted(queries, place, text, order, asked, total)


def search(installation: Installation, text: str, *, limit: int) -> tuple[CaseRow, ...]:
    """The newest ``limit`` cases that hold every word of ``text``; the newest of all without one. Raises UnsearchableText."""
    return installation.register.queries.search(text, limit=limit).rows


def sort_rows(rows: Iterable[CaseRow], order: ListOrder, *, backwards: bool = False) -> tuple[CaseRow, ...]:
    """Rows that are here as a whole in one of the orders, as SQL gives them."""
    falling = ORDERS[order].falling
    return tuple(sorted(rows, key=lambda row: _place(row, order), reverse=falling != backwards))


def counts(installation: Installation) -> FacetCounts:
    """How many cases there are, in all and for each value of each facet; of the phases as they are said today."""
    found = installation.register.queries.counts()
    over = installation.register.queries.expired_counts(installation.clock().date())
    phases = found.facets.get(Facet.PHASE, {})
    said = {phase: count - over.get(phase, 0) for phase, count in phases.items()} | {EXPIRED: sum(over.values())}
    facets = {**found.facets, Facet.PHASE: {phase: count for phase, count in said.items() if count}}
    return FacetCounts(
        found.total,
        {
            facet.value: tuple(sorted(values.items(), key=lambda item: (-item[1], item[0])))
            for facet, values in facets.items()
        },
    )


def one(installation: Installation, case: str) -> CaseRow | None:
    """The row of one case; None when it is not here or has no revision that counts."""
    return installation.register.queries.row(case)


def called(installation: Installation, name: str) -> tuple[CaseRow, ...]:
    """The cases that people call by this reference, or the one with this case id; several where somebody made it so."""
    known = one(installation, name)
    return (known,) if known is not None else installation.register.queries.by_reference(name)


def the_one_called(installation: Installation, name: str) -> CaseRow | None:
    """The case with this reference or this case id; None when none is here. Raises SeveralCases: it is never guessed."""
    found = called(installation, name)
    if len(found) > 1:
        each = ", ".join(f"“{row.title}”, {row.case}" for row in found)
        raise SeveralCases(count=len(found), name=found[0].reference, cases=each)
    return found[0] if found else None


def sharing(installation: Installation, rows: Iterable[CaseRow]) -> frozenset[str]:
    """Those of the references of these rows that another case bears too. Each is an alarm: without any nothing is asked."""
    asked = {row.reference for row in rows if row.alarms}
    return installation.register.queries.shared_references(asked) if asked else frozenset()


def told_apart(row: CaseRow, shared: frozenset[str]) -> str:
    """The reference of a row, with the end of its id where that alone names no case."""
    return f"{row.reference} (…{row.case[-_ID_END:]})" if row.reference in shared else row.reference


def owner_names(installation: Installation, rows: tuple[CaseRow, ...]) -> dict[str, str]:
    """The names of the owners of these rows, by person id."""
    rosters = installation.rosters
    return {owner: rosters.name(owner) for owner in {row.owner for row in rows}}


def _found(queries: Queries, place: PlaceInList, text: str, filters: Filters, total: int) -> PageOfCases:
    # Too many to sort. A search gives no key for a place in its middle: the rows before it are passed over.
    after = place.after.key if place.after else None
    rows = queries.search(text, filters=filters, after=after, limit=place.skip + place.limit).rows[place.skip :]
    return _ended(rows, place, ListOrder.NEWEST, total)


def page_of_rows(rows: Sequence[CaseRow], place: PlaceInList) -> PageOfCases:
    """One page of a list that is here as a whole, in its order."""
    begin = _passed(place)
    return _ended(tuple(rows[begin : begin + place.limit]), place, ListOrder.PRESSING, len(rows))


def _found_and_sorted(
    queries: Queries, place: PlaceInList, text: str, order: ListOrder, filters: Filters, total: int
) -> PageOfCases:
    every = sort_rows(queries.search(text, filters=filters, limit=SORTED).rows, order, backwards=place.backwards)
    begin = _passed(place)
    return _ended(every[begin : begin + place.limit], place, order, total)


def _total(queries: Queries, text: str, filters: Filters) -> int:
    # Of one turn alone the number is read and not counted.
    if not text and list(filters) == [Facet.TURN]:
        return queries.turn_count(filters[Facet.TURN])
    return queries.count(text, filters=filters)


def _place(row: CaseRow, order: ListOrder) -> tuple[Any, int]:
    key = key_of(row, order)
    return key.value, key.pk


def _sorted(queries: Queries, place: PlaceInList, sort: ListOrder, filters: Filters, total: int) -> PageOfCases:
    key = place.after.key if place.after else None
    if place.skip:
        passed = _passed(place)
        before = total - passed if place.backwards else passed - 1
        key = queries.anchor(before, sort=sort, filters=filters) if before >= 0 else None
        if key is None:
            return PageOfCases((), None, total)
    rows = queries.page(sort=sort, filters=filters, after=key, limit=place.limit, backwards=place.backwards).rows
    return _ended(rows, place, sort, total)


def _ended(rows: tuple[CaseRow, ...], place: PlaceInList, sort: ListOrder, total: int) -> PageOfCases:
    if not rows:
        return PageOfCases((), None, total)
    return PageOfCases(rows, PageAnchor(key_of(rows[-1], sort), _passed(place) + len(rows), total), total)


def _passed(place: PlaceInList) -> int:
    return (place.after.position if place.after else 0) + place.skip


def chosen(filters: FilterPairs, today: date) -> Filters:
    """The pairs as the register takes them; raises ValueError for a facet that is not offered.

    A range of days that ends today or later has no end: nothing was decided later, and what says so was signed by a clock
    that is ahead. It stands in the list as that, and is not left out of it. What was in force and has ended is expired, and of no
    other phase.
    """
    found: dict[Facet | DecidedDay | EndsDay, str] = {
        DecidedDay(name) if name in set(DecidedDay) else Facet(name): value for name, value in filters
    }
    if found.get(DecidedDay.TO, "") >= today.isoformat():
        found[DecidedDay.TO] = _LAST_DAY
    phase = found.get(Facet.PHASE)
    if phase == EXPIRED:
        del found[Facet.PHASE]
        found[EndsDay.BEFORE] = today.isoformat()
    elif phase in set(BOTH_SIGNED):
        found[EndsDay.FROM] = today.isoformat()
    return found
