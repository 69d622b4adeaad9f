"""The register list in words: its pages, filtered and searched, and the counts of the filters.

Everything here runs on the register lane and gives frozen rows of words; the screen only shows them. How pages are found
is the business of ``services.lists.cases``.
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

    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow, FacetCounts, FilterPairs


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked for: words to search, and (facet, value) pairs that must all hold."""

    text: str = ""
    filters: FilterPairs = ()

    @property
    def narrow(self) -> bool:
        return bool(self.text or self.filters)


def fetch(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of the register. Raises UnsearchableText."""
    return fetch_with(show, session, request)


def fetch_with(
    words_of: Callable[[CaseRow, Mapping[str, str]], Row], session: Session, request: PageRequest
) -> PageOfRows:
    """One page of cases, each put into words by ``words_of(row, names of people)``."""
    from intake.services.lists import cases as listed

    query = request.query if isinstance(request.query, ListQuery) else ListQuery()
    after = request.after if isinstance(request.after, listed.PageAnchor) else None
    place = listed.PlaceInList(after, request.skip, request.limit, request.descending)
    page = listed.page(session.installation, place, sort=request.sort, text=query.text, filters=query.filters)
    names = listed.owner_names(session.installation, page.rows)
    return PageOfRows(tuple(words_of(row, names) for row in page.rows), page.anchor, page.total)


def show(row: CaseRow, names: Mapping[str, str]) -> Row:
    """One row in words. A decided case says so; otherwise whose turn it is says more than the phase."""
    phase = cases.phase_words(row.phase)
    turn = cases.turn_words(row.turn) if row.turn else ""
    standing = turn or phase
    if row.phase == "decided" and turn:
        # Decided already: what is missing is a signature on the record.
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
    from intake.services.lists import cases as listed

    return listed.counts(session.installation)
