"""A list as pages to print: the cases that are listed, in their order, at one moment. It is no record, and says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, words
from intake.domain.case.phases import phase_on
from intake.records.listing import ListContent, build_listing
from intake.services.lists.table_file import ListedCases, Progress, numbers_of
from intake.services.organisation import paper

if TYPE_CHECKING:
    from intake.register.views.rows import CaseRow
    from intake.services.installation.installation import Installation

MOST = 1000
"""Use cases on paper: more are a table for a program."""

_READING = Caption("StepReadingList", "Reading the list")
_SETTING = Caption("StepSettingList", "Setting the pages")


class TooLongToPrint(Refusal):
    what = "The list has {count} use cases, more than the {most} that are set on pages."
    why = "Nobody reads so many pages, and setting them takes long."
    next = "Narrow the list by filters or choose some of it, or save it as a table."


class NothingToPrint(Refusal):
    what = "Nothing is listed, so there is nothing to print."
    why = "The filters and the search leave no use case."
    next = "Take a filter away."


def pages_of(
    installation: Installation,
    listed: ListedCases,
    title: str,
    facts: Mapping[str, str],
    said: Callable[[str, str], tuple[str, str]],
    progress: Progress = lambda *_: None,
) -> bytes:
    """The pages as PDF. ``facts`` say what was listed, ``said`` puts the codes of a tier and a phase into words. Raises UnsearchableText, TooLongToPrint or NothingToPrint."""
    progress(0, 2, words(_READING()))
    numbers = numbers_of(installation, listed)
    if len(numbers) > MOST:
        raise TooLongToPrint(count=len(numbers), most=MOST)
    day = installation.clock().date()
    rows = tuple(_line(row, said, day) for step in installation.register.whole_list.rows(numbers) for row in step)
    if not rows:
        raise NothingToPrint
    edition = installation.printer.newest
    newest = installation.rosters.newest
    at = installation.clock()
    content = ListContent(
        title=title,
        organisation_name=newest.organisation if newest else "",
        dated=at,
        facts=(*facts.items(), ("Use cases", str(len(rows))), ("As of", f"{at:%Y-%m-%d, %H:%M} UTC")),
        header=("Reference", "Use case and unit", "Tier", "State", "Decided", "Expires"),
        rows=rows,
        widths=(31, 30, 16, 16, 16, 16),
        paper=paper.in_force(installation),
        placeholders=bool(installation.printer.glyphs(edition).lacking("".join(name for _, name, *_ in rows))),
    )
    progress(1, 2, words(_SETTING()))
    return build_listing(content, fonts=installation.printer.fonts(edition), icc=installation.printer.icc(edition))


def _line(row: CaseRow, said: Callable[[str, str], tuple[str, str]], day: date) -> tuple[str, ...]:
    decided, expires = (day.isoformat() if day else "" for day in (row.decided, row.expires))
    name = f"{row.title} · {row.unit}" if row.unit else row.title
    return row.reference, name, *said(row.tier, phase_on(row, day)), decided, expires
