"""The working days of the organisation, and the free days of a country as a proposal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from intake.commands.context import CommandContext
from intake.commands.offering import Reply
from intake.commands.parameters import Flag
from intake.commands.roster import changed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from intake.services.organisation.calendar import WorkingCalendar


def calendar(
    given: CommandContext,
    country: Annotated[str, Flag("Take over the free days of this country, such as DE.", value="CODE")] = "",
    region: Annotated[str, Flag("Of this part of it, such as BY.", value="CODE")] = "",
    year: Annotated[list[str] | None, Flag("Of this year; repeat. This year and the next otherwise.")] = None,
    free: Annotated[
        list[str] | None, Flag("One more free day, such as “2026-12-24 Closed”; repeat.", value="DAY")
    ] = None,
    working: Annotated[list[str] | None, Flag("A free day that is a working day again; repeat.", value="DAY")] = None,
    weekday: Annotated[list[str] | None, Flag("A weekday on which people work, such as monday; repeat.")] = None,
    propose: Annotated[bool, Flag("Only show what would be in force; nothing is signed.")] = False,
) -> Reply:
    """Show the working days by which what is due is counted, or write the next version with others."""
    from intake.domain.terms.terms import day
    from intake.services.organisation import calendar as service
    from intake.services.organisation import people

    now = service.in_force(given.installation)
    if not (country or free or working or weekday):
        return Reply(tuple(_lines(now)), _document(now))
    this = given.installation.clock().year
    years = [_year(text) for text in year] if year else [this, this + 1]
    named: Mapping[date, str] = service.proposed(country, region, years) if country else {}
    lines = [*(f"{one.isoformat()} {name}" for one, name in named.items()), *(free or [])]
    wanted = service.changed(now, weekday or [], lines, [day(text) for text in working or []])
    if propose:
        return Reply((*_lines(wanted), "Nothing is signed yet."), _document(wanted))
    people.require_publishable(given.installation, service.to_set(given.installation, given.who(), wanted))
    for line in _lines(wanted):
        given.say(line)
    reply = changed(service.set_calendar(given.installation, given.signer(), wanted))
    return Reply(reply.lines, {**_document(wanted), "change": reply.data})


def _year(text: str) -> int:
    from intake.services.organisation.calendar import NoFreeDay

    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        raise NoFreeDay(given=text)
    return int(text)


def _lines(found: WorkingCalendar) -> list[str]:
    return [
        f"Working days: {', '.join(found.weekdays)}",
        *(f"  free: {one.isoformat()} {name}".rstrip() for one, name in found.free.items()),
    ]


def _document(found: WorkingCalendar) -> dict[str, Any]:
    return {
        "weekdays": list(found.weekdays),
        "free": [{"day": one.isoformat(), "name": name} for one, name in found.free.items()],
        "change": None,
    }
