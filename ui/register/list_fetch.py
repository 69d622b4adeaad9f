"""The register list in words: its pages, filtered and searched, and the counts of the filters.

Everything here runs on a lane and gives frozen rows of words; the screen only shows them. How pages are found
is the business of ``services.lists.cases``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.base.wording import sentence
from intake.domain.case.due import next_due
from intake.domain.case.phases import BOTH_SIGNED, EXPIRED, phase_on
from intake.domain.case.stop import row_stop
from ui.jobs import JobTask
from ui.theme import Tone
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row
from ui.words import cases
from ui.words.dues import due_words, stage_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from intake.domain.base.reasons import Reason
    from intake.services.installation.workspace import Session
    from intake.services.lists.cases import CaseRow, FacetCounts, FilterPairs
    from intake.services.lists.table_file import ListedCases


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked for: words to search, and (facet, value) pairs that must all hold."""

    text: str = ""
    filters: FilterPairs = ()

    @property
    def narrow(self) -> bool:
        return bool(self.text or self.filters)


@dataclass(frozen=True, slots=True)
class ListFacts:
    """How many cases there are for each value of each filter, and whose "my use cases" are."""

    counts: FacetCounts
    person: str


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What rows are put into words with: names of people by their ids, the day, which references several cases bear, and why
    nobody can move which case.
    """

    names: Mapping[str, str]
    today: date
    shared: frozenset[str] = frozenset()
    stuck: Mapping[str, Reason] = field(default_factory=dict)


def fetch(_: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """One page of the register. Raises UnsearchableText."""
    return fetch_with(show, session, request)


def fetch_with(words_of: Callable[[CaseRow, RowFacts], Row], session: Session, request: PageRequest) -> PageOfRows:
    """One page of cases, each put into words by ``words_of``."""
    from intake.services.lists import cases as listed
    from intake.services.lists import people
    from intake.services.organisation.offices import stuck_among

    query = request.query if isinstance(request.query, ListQuery) else ListQuery()
    after = request.after if isinstance(request.after, listed.PageAnchor) else None
    place = listed.PlaceInList(after, request.skip, request.limit, request.descending)
    installation = session.installation
    page = listed.page(installation, place, sort=request.sort, text=query.text, filters=query.filters)
    names = people.names(installation) | listed.owner_names(installation, page.rows)
    shared, stuck = listed.sharing(installation, page.rows), stuck_among(installation, page.rows)
    facts = RowFacts(names, installation.clock().date(), shared, stuck)
    return PageOfRows(tuple(words_of(row, facts) for row in page.rows), page.anchor, page.total)


def show(row: CaseRow, facts: RowFacts) -> Row:
    """One row in words. A decided case says so; otherwise whose turn it is says more than the phase."""
    today = phase_on(row, facts.today)
    phase = cases.phase_words(today)
    turn = cases.turn_words(row.turn) if row.turn else ""
    standing = turn or phase
    if row.phase in BOTH_SIGNED and turn:
        # Decided already: what is missing is a signature on the record, or that of the owner.
        standing = phase + "; " + turn
    stop = row_stop(row, facts.today, facts.names.get(row.owner, row.owner))
    stuck = facts.stuck.get(row.case)
    if stuck is not None:
        standing = cases.stuck_words(standing)
    tip = " · ".join(part for part in (phase, turn, sentence(stuck), sentence(stop)) if part)
    if row.reference in facts.shared:
        standing = cases.shared_reference() + "; " + standing
    tone = Tone.BAD if stop is not None else Tone.WARN if row.alarms or stuck is not None else None
    due = next_due(row)
    said = due_words(due, facts.today, facts.names) if due else None
    about = f"{said.what} · {said.who} · {said.day}" if said else ""
    stage = stage_in_words(row.asked, row.stage, in_force=row.expires is not None)
    return Row(
        row.case,
        (
            Cell(row.reference, quiet=True, tip=row.reference),
            Cell(row.title, tip=row.title),
            Cell(standing, ring=cases.ring(row.cio, row.ciso, over=today == EXPIRED), tip=tip, tone=tone),
            Cell(cases.tier_words(row.tier), tone=cases.tier_tone(row.tier)),
            Cell(stage, quiet=True, tip=stage),
            Cell(facts.names.get(row.owner, row.owner), quiet=True, tip=row.unit),
            Cell(said.left if said else "", tone=said.tone if said else None, tip=about),
        ),
    )


def count(_: JobTask, session: Session) -> ListFacts:
    """How many cases there are, in all and for each value of each facet."""
    from intake.services.lists import cases as listed

    return ListFacts(listed.counts(session.installation), session.person)


@dataclass(frozen=True, slots=True)
class ListWriting:
    """Writes what a list shows: the ``chosen`` cases, or all of it. Raises UnsearchableText or NotWritten."""

    query: ListQuery
    sort: str
    descending: bool
    chosen: tuple[str, ...] = ()

    def listed(self) -> ListedCases:
        """The same for a service."""
        from intake.services.lists.table_file import ListedCases

        return ListedCases(self.query.text, self.query.filters, self.sort, self.descending, self.chosen)

    def __call__(self, task: JobTask, session: Session, path: Path) -> int:
        from intake.services.lists.table_file import write_cases

        def told(done: int, total: int, text: str) -> None:
            task.check()
            task.progress(done, total, text)

        return write_cases(session.installation, path, self.listed(), told)
