"""A list as a file for spreadsheets: exactly the cases that are listed, in their order, written bit by bit.

The first line names the columns; the names and all values but what people wrote are codes and ISO days, the same in every
language. How text is kept from becoming a formula is in ``csv_text``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from intake.domain.case.due import Due, due_of_terms, next_due
from intake.domain.case.phases import phase_on
from intake.files import write_whole
from intake.register.views.rows import CaseRow, Facet, ListOrder
from intake.services.lists import cases, inbox
from intake.services.lists.cases import FilterPairs
from intake.services.lists.csv_text import ENCODING_MARK, csv_line
from intake.services.lists.inbox import InboxQuery, InboxReader
from intake.services.lists.people import names

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation

Progress = Callable[[int, int, str], None]
"""Told how many of how many rows are written; what it raises ends the writing, and nothing is left of the file."""


@dataclass(frozen=True, slots=True)
class ListedCases:
    """What is to be written: the arguments of ``cases.page``. ``chosen`` are the cases picked from it; none means all."""

    text: str = ""
    filters: FilterPairs = ()
    sort: str = ""
    backwards: bool = False
    chosen: tuple[str, ...] = ()


def write_cases(
    installation: Installation, target: Path, listed: ListedCases, progress: Progress = lambda *_: None
) -> int:
    """Write the cases of the register list; gives how many. Raises UnsearchableText or NotWritten."""
    numbers = numbers_of(installation, listed)
    return _write(installation, target, installation.register.whole_list.rows(numbers), len(numbers), progress)


def write_inbox(
    installation: Installation,
    target: Path,
    who: InboxReader,
    query: InboxQuery,
    *,
    backwards: bool = False,
    progress: Progress = lambda *_: None,
) -> int:
    """Write one of the lists of the inbox; gives how many. Raises UnsearchableText or NotWritten."""
    total, steps = inbox_rows(installation, who, query, backwards=backwards)
    return _write(installation, target, steps, total, progress)


def inbox_rows(
    installation: Installation, who: InboxReader, query: InboxQuery, *, backwards: bool = False
) -> tuple[int, Iterable[Sequence[CaseRow]]]:
    """How many cases one of the lists of the inbox has, and all of them in order, a step at a time. Raises UnsearchableText."""
    if query.group == inbox.MINE and who.office:
        filters = (*query.filters, (Facet.TURN.value, who.office))
        numbers = numbers_of(installation, ListedCases(query.text, filters, query.sort, backwards))
        return len(numbers), installation.register.whole_list.rows(numbers)
    rows = inbox.listed(installation, who, query, backwards=backwards)
    return len(rows), (rows,)


def numbers_of(installation: Installation, listed: ListedCases) -> Sequence[int]:
    """The numbers of these cases in their order, for ``WholeList.rows``. Raises UnsearchableText."""
    order = ListOrder(listed.sort or ListOrder.PRESSING)
    filters = cases.chosen(listed.filters, installation.clock().date())
    if listed.chosen:
        rows = (cases.one(installation, case) for case in listed.chosen)
        return [row.pk for row in cases.sort_rows(filter(None, rows), order, backwards=listed.backwards)]
    whole = installation.register.whole_list
    numbers = whole.numbers(listed.text, sort=order, filters=filters, backwards=listed.backwards)
    if not listed.text or len(numbers) > cases.SORTED:
        return numbers
    found = [row for step in whole.rows(numbers) for row in step]
    return [row.pk for row in cases.sort_rows(found, order, backwards=listed.backwards)]


def _write(
    installation: Installation, target: Path, steps: Iterable[Sequence[CaseRow]], total: int, progress: Progress
) -> int:
    called, day = names(installation), installation.clock().date()
    written = 0

    def lines() -> Iterator[bytes]:
        nonlocal written
        yield ENCODING_MARK + csv_line(COLUMNS)
        for rows in steps:
            progress(written, total, "")
            yield b"".join(csv_line(_values(row, called, day)) for row in rows)
            written += len(rows)
        progress(written, total, "")

    write_whole(target, lines())
    return written


Names = Mapping[str, str]
Read = Callable[[CaseRow, Names], str]


def _values(row: CaseRow, called: Names, day: date) -> Iterator[str]:
    for name, read in COLUMNS.items():
        # The only column that depends on the day: what has ended must not read as decided.
        yield phase_on(row, day) if name == "phase" else read(row, called)


def _name(person: str, called: Names) -> str:
    return called.get(person, "")


def _day(row: CaseRow, name: str) -> str:
    found = getattr(row, name)
    return found.isoformat() if found else ""


def _of_due(name: str, find: Callable[[CaseRow], Due | None]) -> Mapping[str, Read]:
    """The columns that tell what is due, until when and of whom."""

    def column(part: Callable[[Due], str]) -> Read:
        return lambda row, _: part(found) if (found := find(row)) else ""

    return {
        name: column(lambda due: due.day.isoformat()),
        f"{name}_what": column(lambda due: due.what.value),
        f"{name}_of": column(lambda due: " ".join(due.of)),
        f"{name}_text": column(lambda due: due.text),
    }


COLUMNS: Mapping[str, Read] = {
    "reference": lambda row, _: row.reference,
    "title": lambda row, _: row.title,
    "unit": lambda row, _: row.unit,
    "owner": lambda row, _: row.owner,
    "owner_name": lambda row, called: _name(row.owner, called),
    "tier": lambda row, _: row.tier,
    "lane": lambda row, _: row.lane,
    "stage_asked": lambda row, _: row.asked,
    "stage_granted": lambda row, _: row.stage,
    "phase": lambda row, _: row.phase,
    "turn": lambda row, _: " ".join(row.turn),
    "cio": lambda row, _: row.cio,
    "ciso": lambda row, _: row.ciso,
    "revision": lambda row, _: str(row.revision),
    "filed": lambda row, _: _day(row, "filed"),
    "since": lambda row, _: _day(row, "since"),
    **_of_due("due", next_due),
    **_of_due("terms_due", due_of_terms),
    "decided": lambda row, _: _day(row, "decided"),
    "expires": lambda row, _: _day(row, "expires"),
    "waived": lambda row, _: row.waived,
    "last_move": lambda row, _: row.newest.isoformat(),
    "alarms": lambda row, _: str(row.alarms),
    "waiting": lambda row, _: str(row.waiting),
    "case": lambda row, _: row.case,
}
"""Each column of the file: its name, and what is in it.

``since`` is the day from which it is the turn of whose it is, or over. ``due`` is what presses, ``terms_due`` what the terms in force ask for first; ``due_of`` holds parties, or one person id.
``waived`` is the gravest that the terms in force do without.
"""
