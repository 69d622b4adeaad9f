"""What needs a person in a use case, worked out from one row of the register list.

One rule for the first page, the badge beside it, ``countersign todo`` and the calendar file. Each kind is there until it is acted
on; only news, that something was decided, goes away by being looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from intake.domain.base.days import days_after
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, on_day, together
from intake.domain.case.due import DueWhat, WithDues
from intake.domain.case.next_said import RUNS_AGAIN_FILED
from intake.domain.case.phases import EXPIRED, Phase, phase_on
from intake.domain.case.stop import row_stop
from intake.domain.terms.terms import Stage


class TodoKind(StrEnum):
    """In the order in which they press. What a person has to accept or to confirm has its place here too, before what is news."""

    SUSPENDED = "suspended"
    """Of the owner: what runs is suspended, withdrawn or in doubt, and must stop."""
    EXPIRED = "expired"
    """Of the owner: the approval has ended; the way back is to file again."""
    LIFT = "lift"
    """Of an office: the use case is suspended, and this office has not lifted that."""
    OVERDUE = "overdue"
    """Of who has to meet a condition, and of the owner: its day is past."""
    DECIDE = "decide"
    """Of an office: its opinion is asked for."""
    SIGNATURE = "signature"
    """Of an office: the record of a decision lacks its signature."""
    CHANGES = "changes-asked"
    """Of the owner: an office asks for something."""
    CONFLICT = "conflict"
    """Of the owner: two revisions claim to be the newest."""
    EXPIRING_SOON = "expiring-in-7-days"
    EXPIRING = "expiring-in-30-days"
    DUE = "due"
    """Of who has to meet a condition: its day comes within 30 days."""
    DECIDED = "decided"
    """Of the owner, until they look at it: both offices have decided, or one declined."""
    GATE_READY = "gate-ready"
    """Of the owner: a pilot has run for 30 days with nothing overdue; they may ask for scaled use."""


NEAR, VERY_NEAR = timedelta(days=30), timedelta(days=7)
"""How long before an approval ends somebody is told, and told again; the first also of a condition."""
NEWS_LASTS = timedelta(days=30)
"""How long a decision that nobody looked at is news."""
PILOT_RUNS = timedelta(days=30)
"""How long a pilot has run before scaled use is suggested: before that there is nothing to measure."""


class WithTodos(WithDues, Protocol):
    """What is asked of a row of the register list."""

    @property
    def case(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def decided(self) -> date | None: ...
    @property
    def expires(self) -> date | None: ...
    @property
    def stop(self) -> Reason | None: ...


@dataclass(frozen=True, slots=True)
class TodoReader:
    """Who looks, and when. ``office`` is empty for somebody without one; ``told`` are the cases whose decision they have seen, each
    with the day of that decision.
    """

    person: str
    office: str
    today: date
    told: frozenset[tuple[str, date]] = frozenset()


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that needs a person. ``since`` is the day from which it does, ``until`` the day by which, None where none is given.

    ``said`` is what has to be done and why.
    """

    kind: TodoKind
    case: str
    reference: str
    title: str
    since: date
    until: date | None
    said: Reason

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among all: by what presses, then by day."""
        day = self.until or self.since
        return list(TodoKind).index(self.kind), day.isoformat(), self.reference


_EXPIRED_ON = Sentence("TodoExpired", "The approval ended on {day}.")
_LIFT = Sentence("TodoLift", "It is suspended since {day}. Only both offices lift it; yours has not.")
_OVERDUE = Sentence("TodoOverdue", "This had to be done by {day}: {text}")
_DUE = Sentence("TodoDue", "Do this by {day}: {text}")
_DECIDE = Sentence("TodoDecide", "It waits for the decision of your office since {day}.")
_DECIDE_UNTIL = Sentence("TodoDecideUntil", "It waits for the decision of your office since {day}, until {until}.")
_SIGNATURE = Sentence("TodoSignature", "It is decided; the record still lacks a signature.")
_CHANGES = Sentence("TodoChanges", "An office asked you on {day} to change it. Answer by filing it again.")
_CONFLICT = Sentence("TodoConflict", "Two revisions were filed apart from each other. File again to join them.")
_EXPIRING = Sentence("TodoExpiring", "The approval ends on {day}. Nothing may run after that without a new one.")
_DECIDED = Sentence("TodoDecided", "Both offices decided on {day}. Look at the terms before you begin.")
_DECLINED = Sentence(
    "TodoDeclined", "It was declined on {day}. The reason is on its page; you may change it and file again."
)
_GATE = Sentence("TodoGateReady", "The pilot has run since {day} and nothing is overdue. You may ask for scaled use.")


def todos(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    """Everything in a use case that needs this person, what presses most first."""
    owns = row.owner == who.person
    found = [*_in_office(row, who), *_conditions(row, who), *(_of_owner(row, who) if owns else ())]
    return iter(sorted(found, key=lambda item: item.place))


def _of_owner(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    today, over = who.today, row.expires is not None and row.expires < who.today
    stop = row_stop(row, today)
    if over and row.expires and (stop is not None or phase_on(row, today) == EXPIRED):
        again = RUNS_AGAIN_FILED() if phase_on(row, today) == EXPIRED else None
        said = together(stop or _EXPIRED_ON(day=on_day(row.expires)), again)
        yield _todo(row, TodoKind.EXPIRED, days_after(row.expires, 1), None, said)
    elif stop is not None:
        yield _todo(row, TodoKind.SUSPENDED, row.since, None, stop)
    if "owner" in row.turn:
        asked = row.phase != Phase.CONFLICT
        said = _CHANGES(day=on_day(row.since)) if asked else _CONFLICT()
        yield _todo(row, TodoKind.CHANGES if asked else TodoKind.CONFLICT, row.since, row.clock, said)
    if row.decided and row.phase in (Phase.DECIDED, Phase.DECLINED):
        if row.decided >= today - NEWS_LASTS and (row.case, row.decided) not in who.told:
            word = _DECLINED if row.phase == Phase.DECLINED else _DECIDED
            yield _todo(row, TodoKind.DECIDED, row.decided, None, word(day=on_day(row.decided)))
    if row.phase == Phase.DECIDED and row.expires and not over:
        yield from _running(row, row.expires, today)


def _running(row: WithTodos, expires: date, today: date) -> Iterator[Todo]:
    """What a decision that holds asks of its owner: while it ends soon that, else that a pilot could be scaled."""
    late = row.due_what == DueWhat.CONDITION and row.due is not None and row.due < today
    if expires <= today + NEAR:
        kind, span = TodoKind.EXPIRING, NEAR
        if expires <= today + VERY_NEAR:
            kind, span = TodoKind.EXPIRING_SOON, VERY_NEAR
        yield _todo(row, kind, days_after(expires, -span.days), expires, _EXPIRING(day=on_day(expires)))
    elif row.stage == Stage.PILOT and row.decided and row.decided <= today - PILOT_RUNS and not late:
        since = days_after(row.decided, PILOT_RUNS.days)
        yield _todo(row, TodoKind.GATE_READY, since, None, _GATE(day=on_day(row.decided)))


def _conditions(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    """The condition that comes first, of who has to meet it; once it is late, of the owner too."""
    if row.due is None or row.due_what != DueWhat.CONDITION:
        return
    day, text = on_day(row.due), row.due_text
    if row.due < who.today and who.person in (row.due_of, row.owner):
        said = _OVERDUE(day=day, text=text)
        yield _todo(row, TodoKind.OVERDUE, days_after(row.due, 1), row.due, said)
    elif who.today <= row.due <= who.today + NEAR and who.person == row.due_of:
        said = _DUE(day=day, text=text)
        yield _todo(row, TodoKind.DUE, days_after(row.due, -NEAR.days), row.due, said)


def _in_office(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    if not who.office or who.office not in row.turn:
        return
    since = on_day(row.since)
    if row.phase == Phase.SUSPENDED:
        yield _todo(row, TodoKind.LIFT, row.since, row.clock, _LIFT(day=since))
    elif row.phase == Phase.DECIDED:
        yield _todo(row, TodoKind.SIGNATURE, row.since, row.clock, _SIGNATURE())
    else:
        said = _DECIDE_UNTIL(day=since, until=on_day(row.clock)) if row.clock else _DECIDE(day=since)
        yield _todo(row, TodoKind.DECIDE, row.since, row.clock, said)


def _todo(row: WithTodos, kind: TodoKind, since: date, until: date | None, said: Reason) -> Todo:
    return Todo(kind, row.case, row.reference, row.title, since, until, said)
