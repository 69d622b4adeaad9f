"""Days by which something is due, as an iCalendar file (RFC 5545) of events that last all day.

The same days give the same bytes: no moment of writing is in it, and an event keeps its name (UID) when its day moves, so that a
calendar that reads the file again moves it too. What people wrote is put on one line, without what no reader sees; the library
escapes the rest, so it cannot end a line and begin a property of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from intake.domain.base.canonical import clean
from intake.domain.base.wording import words
from intake.domain.case.due_days import DueDay

_MAKER = "-//Countersign//Countersign//EN"
_PLACE = "countersign.invalid"
"""Behind each name: RFC 5545 wants one that is unique in the world, and the id of the case in front of it is."""


def calendar_file(days: Iterable[DueDay]) -> bytes:
    """The file; in the order of the days."""
    # A third of a second, for the few who ask for it.
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for item in sorted(days, key=lambda one: (one.day, one.name)):
        event = Event()
        event.add("uid", f"{item.name}@{_PLACE}")
        event.add("dtstamp", datetime.combine(item.day, time(), UTC))
        event.add("dtstart", item.day)
        if item.day < date.max:
            event.add("dtend", item.day + timedelta(days=1))
        event.add("summary", _line(words(item.said)))
        event.add("description", item.reference)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def _line(text: str) -> str:
    return " ".join(clean(text).split())
