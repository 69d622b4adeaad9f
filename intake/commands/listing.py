"""Lists of use cases, on the terminal and as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply
from intake.commands.parameters import Argument, Flag
from intake.commands.saying import coded_or_none
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.due import next_due
from intake.domain.case.phases import phase_on
from intake.domain.terms.done_without import DoneWithout
from intake.register.views.columns import TURNS
from intake.register.views.rows import Facet, ListOrder

if TYPE_CHECKING:
    from intake.register.views.rows import CaseRow


class NoSuchFilter(Refusal):
    what = "“{given}” is no filter."
    why = "A filter is a name and a value, such as phase=decided; the names are {names}."
    next = "Correct it. The values are those that “countersign list --json” shows; turn is owner, cio, ciso or records, waived is pilot, evidence or commitments."


def list_(
    given: CommandContext,
    search: Annotated[str, Argument("Words to look for.")] = "",
    limit: Annotated[int, Flag("How many rows at most.", least=1, most=100_000)] = 50,
    sort: Annotated[ListOrder, Flag("In which order.")] = ListOrder.PRESSING,
    only: Annotated[
        list[str] | None, Flag("Only those with this value, such as tier=high.", value="NAME=VALUE")
    ] = None,
    waived: Annotated[
        DoneWithout | None,
        Flag("Only those whose terms in force do without this, by agreement of both offices.", value="WHAT"),
    ] = None,
    csv: Annotated[Path | None, Flag("Write all of them to this file, for spreadsheets.")] = None,
) -> Reply:
    """List use cases, the most pressing first, or those in which all words occur."""
    from intake.services.lists import cases
    from intake.services.lists.cases import PlaceInList
    from intake.services.lists.table_file import ListedCases, write_cases

    filters = tuple(_filter(pair) for pair in only or ())
    filters += ((Facet.WAIVED.value, waived.value),) if waived else ()
    if csv is not None:
        listed = ListedCases(search, filters, sort.value)
        return _written(csv, write_cases(given.installation, csv, listed))
    page = cases.page(given.installation, PlaceInList(limit=limit), sort=sort.value, text=search, filters=filters)
    lines = _lines(given, page.rows)
    more = page.total > len(page.rows)
    if more:
        lines.append("… and more: search for something narrower, or raise --limit.")
    return Reply(
        tuple(lines) or ("No use case is here, or none has all these words.",),
        {"cases": _rows(given, page.rows, given.installation.clock().date()), "more": more},
    )


def inbox(
    given: CommandContext,
    csv: Annotated[Path | None, Flag("Write it to this file, for spreadsheets.")] = None,
) -> Reply:
    """What waits for you, the most pressing first; for an office also, on their own, use cases of yours that wait for you."""
    from intake.services.lists import inbox as lists
    from intake.services.lists.table_file import inbox_rows, write_inbox
    from intake.services.organisation.unread_rosters import roster_unread

    person = given.who()
    who, query = lists.reader(given.installation, person), lists.InboxQuery(lists.MINE)
    if csv is not None:
        return _written(csv, write_inbox(given.installation, csv, who, query))
    rows = [row for step in inbox_rows(given.installation, who, query)[1] for row in step]
    own = lists.owned(given.installation, who) if who.office else ()
    lines = _lines(given, rows)
    lines += ["As the owner:", *_lines(given, own)] if own else []
    unread = roster_unread(given.installation.rosters)
    return Reply(
        (*((unread.sentence,) if unread else ()), *(lines or ("Nothing waits for you.",))),
        {
            "person": person,
            "office": who.office,
            "cases": _rows(given, rows, who.today),
            "own": _rows(given, own, who.today),
        },
    )


_FEW = {Facet.TURN.value: frozenset(TURNS), Facet.WAIVED.value: frozenset(DoneWithout)}
"""The filters whose values are known beforehand: of these another one is a slip, and no list that is empty today."""


def _filter(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    nobody = name == Facet.OWNER and not value  # nobody present answers for these
    known = _FEW.get(name)
    if name not in set(Facet) or not (value or nobody) or (known is not None and value not in known):
        raise NoSuchFilter(given=pair, names=", ".join(Facet))
    return name, value


def _written(target: Path, count: int) -> Reply:
    return Reply((f"{shown(target)}  {count} use cases",), {"file": shown(target), "written": count})


def _due(row: CaseRow) -> dict[str, Any] | None:
    found = next_due(row)
    if found is None:
        return None
    return {"what": found.what.value, "day": found.day.isoformat(), "of": list(found.of), "text": found.text}


def _line(row: CaseRow, today: date) -> str:
    due = next_due(row)
    day = due.day.isoformat() if due else "-"
    return f"{row.reference}  {day:10} {row.tier or '-':10} {row.asked:7} {phase_on(row, today):18} {row.title}"


def _lines(given: CommandContext, rows: Sequence[CaseRow]) -> list[str]:
    from intake.services.lists import cases
    from intake.services.organisation.offices import stuck_among

    stuck = stuck_among(given.installation, rows)
    shared, today = cases.sharing(given.installation, rows), given.installation.clock().date()
    lines = []
    for row in rows:
        lines.append(_line(row, today))
        if row.reference in shared:
            lines.append(f"  Alarm: another use case bears the same reference. The whole id of this one: {row.case}")
        if row.case in stuck:
            lines.append(f"  {words(stuck[row.case])}")
    return lines


def _rows(given: CommandContext, rows: Sequence[CaseRow], today: date) -> list[dict[str, Any]]:
    from intake.services.organisation.offices import stuck_among

    stuck = stuck_among(given.installation, rows)
    return [
        {
            "case": row.case,
            "reference": row.reference,
            "title": row.title,
            "unit": row.unit,
            "owner": row.owner,
            "tier": row.tier,
            "stage": row.stage,
            "phase": phase_on(row, today),
            "turn": list(row.turn),
            "stuck": coded_or_none(stuck.get(row.case)),
            "cio": row.cio,
            "ciso": row.ciso,
            "revision": row.revision,
            "filed": row.filed.isoformat(),
            "decided": row.decided.isoformat() if row.decided else None,
            "expires": row.expires.isoformat() if row.expires else None,
            "asked": row.asked,
            "since": row.since.isoformat(),
            "until": row.clock.isoformat() if row.clock else None,
            "due": _due(row),
            "alarms": row.alarms,
            "waiting": row.waiting,
            "waived": row.waived,
            "successor": row.successor.split(),
        }
        for row in rows
    ]
