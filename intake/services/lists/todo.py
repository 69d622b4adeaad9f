"""What needs a person, in all their use cases: the first page, the badge beside it, ``countersign todo`` and the calendar file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from intake.domain.acts.kinds import COMMENT, RESOLVED
from intake.domain.case.allowed import office_of
from intake.domain.case.due_days import due_days
from intake.domain.case.todo import NEAR, NEWS_LASTS, Todo, TodoKind, TodoReader, todos
from intake.files import write_whole
from intake.formats.calendar_file import calendar_file
from intake.register.views.rows import CaseRow
from intake.services.installation.installation import Installation
from intake.services.lists import told

MOST = 1000
"""So many use cases of each sort are looked at: a longer list is read from its beginning, and what is behind it only counted."""


@dataclass(frozen=True, slots=True)
class TodoList:
    """What needs somebody, what presses most first. ``rows`` are their cases by id, ``more`` how many further cases wait for their
    office.
    """

    items: tuple[Todo, ...]
    rows: Mapping[str, CaseRow]
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.items) + self.more

    def counts(self) -> Mapping[TodoKind, int]:
        """How many there are of each kind, those of an office beyond the list too."""
        found = Counter(item.kind for item in self.items)
        return found + Counter({TodoKind.DECIDE: self.more}) if self.more else found


def todo(installation: Installation, person: str, *, limit: int = MOST) -> TodoList:
    """Everything that needs this person; it costs what ``limit`` rows of each sort cost, however many there are."""
    today = installation.clock().date()
    office = office_of(installation.rosters, person)
    who = TodoReader(person, office.value if office else "", today, told.told(installation, person))
    queries = installation.register.queries
    turns = queries.turns_of_office(office.value, limit=limit).rows if office else ()
    more = max(0, queries.turn_count(office.value) - len(turns)) if office else 0
    rows = {row.case: row for row in queries.of_person(person, today + NEAR, today - NEWS_LASTS, limit=limit)}
    rows |= {row.case: row for row in turns}
    found = sorted((item for row in rows.values() for item in todos(row, who)), key=lambda item: item.place)
    return TodoList(tuple(found), {item.case: rows[item.case] for item in found}, more)


def write_calendar(installation: Installation, target: Path, person: str, *, limit: int = MOST) -> int:
    """Write everything with a day that is due of this person as a calendar file; gives how many. Raises NotWritten."""
    office = office_of(installation.rosters, person)
    queries = installation.register.queries
    turns = queries.turns_of_office(office.value, limit=limit).rows if office else ()
    mine = queries.of_person(person, date.max, installation.clock().date(), limit=limit)
    rows = {row.case: row for row in (*mine, *turns)}
    days = [item for row in rows.values() for item in due_days(row, person, office.value if office else "")]
    write_whole(target, calendar_file(days))
    return len(days)


def changed_since(installation: Installation, items: Iterable[Todo], moment: datetime) -> tuple[Todo, ...]:
    """Those that began on that day or later, or of whose case something has arrived here since: what was signed earlier and came
    late is told as well. A comment is no change.
    """
    every = tuple(items)
    arrived = installation.register.queries.arrived_since(
        {item.case for item in every}, moment, (COMMENT.name, RESOLVED.name)
    )
    return tuple(item for item in every if item.since >= moment.date() or item.case in arrived)
