"""What needs a person, in all their use cases: the first page, the badge beside it, ``countersign todo`` and the calendar file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from intake.domain.acts.kinds import COMMENT, RESOLVED, Office
from intake.domain.case.allowed import office_of
from intake.domain.case.asks import TodoKind
from intake.domain.case.due_days import due_days
from intake.domain.case.todo import NEWS_LASTS, Todo, TodoReader, todos
from intake.domain.organisation.roster import Role
from intake.files import write_whole
from intake.formats.calendar_file import calendar_file
from intake.register.views.rows import CaseRow
from intake.services.installation.installation import Installation
from intake.services.lists import told
from intake.services.organisation.offices import stuck_among

MOST = 1000
"""So much of each sort is looked at: a longer list is read from its beginning, and what is behind it only counted."""


@dataclass(frozen=True, slots=True)
class TodoList:
    """What needs somebody, what presses most first. ``rows`` are their cases by id, ``beyond`` how many more of each kind there are."""

    items: tuple[Todo, ...]
    rows: Mapping[str, CaseRow]
    beyond: Mapping[TodoKind, int] = field(default_factory=dict)

    @property
    def more(self) -> int:
        return sum(self.beyond.values())

    @property
    def count(self) -> int:
        return len(self.items) + self.more

    def counts(self) -> Mapping[TodoKind, int]:
        """How many there are of each kind, those beyond the list too."""
        return Counter(item.kind for item in self.items) + Counter(self.beyond)


def reader(installation: Installation, person: str) -> TodoReader:
    """Somebody as the rule asks for them, today."""
    rosters = installation.rosters
    office = office_of(rosters, person)
    return TodoReader(
        person,
        office.value if office else "",
        installation.clock().date(),
        told.told(installation, person),
        administers=rosters.holds(person, Role.ADMINISTRATOR),
        named=rosters.name,
    )


def todo(installation: Installation, person: str, *, limit: int = MOST) -> TodoList:
    """Everything that needs this person; it costs what ``limit`` of each sort cost, however much there is."""
    who, queries = reader(installation, person), installation.register.queries
    asked = queries.asked_of(who.parties, who.today, who.today, limit=limit)
    turns = queries.turns_of_office(who.office, limit=limit).rows if who.office else ()
    left = max(0, queries.turn_count(who.office) - len(turns)) if len(turns) == limit else 0
    own = queries.of_person(person, who.today - NEWS_LASTS, limit=limit)
    waiting = _of_offices(installation, limit) if who.administers else {}
    who = replace(who, stuck=stuck_among(installation, waiting.values()))
    rows = {**waiting, **asked.rows, **{row.case: row for row in (*own, *turns)}}
    found = [item for row in rows.values() for item in todos(row, asked.asks.get(row.case, ()), who)]
    more = Counter(asked.more) + Counter({TodoKind.DECIDE: left})
    items = tuple(sorted(found, key=lambda item: item.place))
    return TodoList(items, {item.case: rows[item.case] for item in items}, more)


def _of_offices(installation: Installation, limit: int) -> Mapping[str, CaseRow]:
    """The cases whose turn it is that of an office, the most pressing first."""
    offices = (installation.register.queries.turns_of_office(office.value, limit=limit).rows for office in Office)
    return {row.case: row for rows in offices for row in rows}


def write_calendar(installation: Installation, target: Path, person: str, *, limit: int = MOST) -> int:
    """Write everything with a day that is due of this person as a calendar file; gives how many. Raises NotWritten."""
    who, queries = reader(installation, person), installation.register.queries
    asked = queries.asked_of(who.parties, date.min, date.max, limit=limit)
    turns = queries.turns_of_office(who.office, limit=limit).rows if who.office else ()
    own = queries.of_person(person, who.today, limit=limit)
    rows = {**asked.rows, **{row.case: row for row in (*own, *turns)}}
    days = [item for row in rows.values() for item in due_days(row, asked.asks.get(row.case, ()), who)]
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
