"""What needs somebody: for a scheduled mail, for people who do not open the app, and as a calendar file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.files import shown
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.saying import coded
from intake.domain.base.days import in_utc
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words

if TYPE_CHECKING:
    from intake.domain.case.todo import Todo


class NoDay(Refusal):
    what = "“{given}” is no day."
    why = "What changed is looked for from a day on, such as 2026-11-30, or from a moment, such as 2026-11-30T08:00+00:00."
    next = "Correct it. A moment without an offset is in UTC."


def todo(
    given: CommandContext,
    changed_since: Annotated[
        str, Flag("Only what began, or of which something arrived here, since this day or moment.", value="WHEN")
    ] = "",
    ics: Annotated[Path | None, Flag("Write every day by which something is due to this calendar file.")] = None,
) -> Reply:
    """What needs you in use cases, what presses most first. With --as, what needs somebody else."""
    from intake.services.lists import todo as service

    person = given.who()
    if ics is not None:
        count = service.write_calendar(given.installation, ics, person)
        return Reply(
            (f"{shown(ics)}  {count} {'day' if count == 1 else 'days'}",), {"file": shown(ics), "written": count}
        )
    moment = _moment(changed_since) if changed_since else None
    found = service.todo(given.installation, person)
    items, more = found.items, found.more
    if moment is not None:
        items, more = service.changed_since(given.installation, items, moment), 0
    lines = [line for item in items for line in _lines(item)]
    if more:
        lines.append(f"… and {more} more: countersign inbox")
    nothing = "Nothing needs you." if moment is None else "Nothing that needs you is new."
    return Reply(
        tuple(lines) or (nothing,),
        {
            "person": person,
            "since": moment.isoformat() if moment else None,
            "items": [_document(item) for item in items],
            "more": more,
        },
    )


def _moment(text: str) -> datetime:
    """Raises NoDay."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NoDay(given=text) from None
    moment = found.replace(tzinfo=UTC) if found.tzinfo is None else in_utc(found)
    if moment is None:
        raise NoDay(given=text)
    return moment


def _lines(item: Todo) -> tuple[str, str]:
    day = item.until or item.since
    return f"{item.reference}  {day.isoformat():10} {item.kind.value:20} {item.title}", f"  {words(item.said)}"


def _document(item: Todo) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "case": item.case,
        "reference": item.reference,
        "title": item.title,
        "since": item.since.isoformat(),
        "until": item.until.isoformat() if item.until else None,
        "said": coded(item.said),
    }
