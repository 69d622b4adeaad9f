"""What needs a person in a use case, worked out from one row of the register list and what is asked of people there (``asking``).

One rule for the first page, the badge beside it, ``countersign todo`` and the calendar file. Each kind is there until it is acted
on; only news, that something was decided, goes away by being looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Protocol

from intake.domain.acts.kinds import Office
from intake.domain.base.days import days_after
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, on_day, together
from intake.domain.case.asks import ADMINISTRATORS, NEAR, OFFICES, VERY_NEAR, CaseAsk, TodoKind, ask_party
from intake.domain.case.due import WithDues
from intake.domain.case.next_said import OWNER_JOINS, RENEW, RUNS_AGAIN_ACCEPTED, RUNS_AGAIN_FILED
from intake.domain.case.phases import BOTH_SIGNED, EXPIRED, Phase, phase_on
from intake.domain.case.stop import row_stop

NEWS_LASTS = timedelta(days=30)
"""How long a decision that nobody looked at is news."""


class WithTodos(WithDues, Protocol):
    """What is asked of a row of the register list."""

    @property
    def case(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def parties(self) -> str: ...
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
    with the day of that decision; ``named`` says what a person is called. ``stuck`` says by case why nobody can do what it is the turn
    of an office to do (``organisation.offices``), as far as who looks administers the roster and can do something about it.
    """

    person: str
    office: str
    today: date
    told: frozenset[tuple[str, date]] = frozenset()
    administers: bool = False
    named: Callable[[str], str] = str
    stuck: Mapping[str, Reason] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[str, ...]:
        """As whom this person is asked, their own name before their roles."""
        office = (ask_party(Office(self.office)), OFFICES) if self.office else ()
        return (self.person, *office, *((ADMINISTRATORS,) if self.administers else ()))


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
        return _PRESSING[self.kind], day.isoformat(), self.reference


_PRESSING = {kind: place for place, kind in enumerate(TodoKind)}
_EXPIRED_ON = Sentence("TodoExpired", "The approval ended on {day}.")
_DECIDE = Sentence("TodoDecide", "It waits for the decision of your office since {day}.")
_DECIDE_UNTIL = Sentence("TodoDecideUntil", "It waits for the decision of your office since {day}, until {until}.")
_CHANGES = Sentence("TodoChanges", "An office asked you on {day} to change it. Answer by filing it again.")
_DECIDED = Sentence("TodoDecided", "Both offices decided on {day}. Look at the terms before you begin.")
_DECLINED = Sentence(
    "TodoDeclined", "It was declined on {day}. The reason is on its page; you may change it and file again."
)
_NOT_DECIDING = (Phase.SUSPENDED, Phase.DECLINED, *BOTH_SIGNED)
"""Phases in which it can be the turn of an office and none is asked for its opinion: what it is asked for is among the asks."""


def todos(row: WithTodos, asks: Iterable[CaseAsk], who: TodoReader) -> Iterator[Todo]:
    """Everything in a use case that needs this person, what presses most first. ``asks`` are those of this case."""
    found = [
        *_of_asks(row, asks, who),
        *turns_of(row, who),
        *_of_roster(row, who),
        *(_of_owner(row, who) if row.owner == who.person else ()),
    ]
    return iter(sorted(found, key=lambda item: item.place))


def turns_of(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    """What is asked of them because it is their turn, whatever day it is: an opinion, where nobody decides on their own use case, or
    a revision.
    """
    if row.owner == who.person:
        if "owner" in row.turn and row.phase == Phase.CONFLICT:
            yield _todo(row, TodoKind.CONFLICT, row.since, row.clock, OWNER_JOINS())
        elif "owner" in row.turn and row.phase != Phase.ACCEPTANCE:
            yield _todo(row, TodoKind.CHANGES, row.since, row.clock, _CHANGES(day=on_day(row.since)))
    elif who.person in row.parties.split():
        return
    elif who.office and who.office in row.turn and row.phase not in _NOT_DECIDING:
        since = on_day(row.since)
        said = _DECIDE_UNTIL(day=since, until=on_day(row.clock)) if row.clock else _DECIDE(day=since)
        yield _todo(row, TodoKind.DECIDE, row.since, row.clock, said)


def _of_roster(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    """What waits for a change of the roster, which only administrators make."""
    if who.administers and (why := who.stuck.get(row.case)):
        yield _todo(row, TodoKind.NOBODY_DECIDES, row.since, None, why)


def _of_asks(row: WithTodos, asks: Iterable[CaseAsk], who: TodoReader) -> Iterator[Todo]:
    """What is asked of them today: once, also of somebody who is asked as two."""
    mine = [ask for ask in asks if ask.party in who.parties and ask.told(who.today) and who.person not in ask.barred]
    known = set()
    for ask in sorted(mine, key=lambda ask: who.parties.index(ask.party)):
        if (ask.kind, ask.name) not in known:
            known.add((ask.kind, ask.name))
            yield _todo(row, ask.kind, ask.since, ask.until, _with_names(ask.said, who))


def _with_names(said: Reason, who: TodoReader) -> Reason:
    facts = (
        (name, who.named(value) if name in _PEOPLE and isinstance(value, str) else value) for name, value in said.facts
    )
    return replace(said, facts=tuple(facts))


_PEOPLE = ("who", "owner", "successor")
"""The facts of a sentence that are people: ids where it is stored, names where somebody reads it."""


def _of_owner(row: WithTodos, who: TodoReader) -> Iterator[Todo]:
    today, over = who.today, row.expires is not None and row.expires < who.today
    stop = row_stop(row, today)
    if over and row.expires and (stop is not None or phase_on(row, today) == EXPIRED):
        said = together(stop or _EXPIRED_ON(day=on_day(row.expires)), _way_back(row, today))
        yield _todo(row, TodoKind.EXPIRED, days_after(row.expires, 1), None, said)
    elif stop is not None:
        yield _todo(row, TodoKind.SUSPENDED, row.since, None, stop)
    if row.decided and row.phase in (Phase.DECIDED, Phase.DECLINED):
        if row.decided >= today - NEWS_LASTS and (row.case, row.decided) not in who.told:
            word = _DECLINED if row.phase == Phase.DECLINED else _DECIDED
            yield _todo(row, TodoKind.DECIDED, row.decided, None, word(day=on_day(row.decided)))
    if row.phase == Phase.DECIDED and row.expires and not over:
        yield from _expiring(row, row.expires, today)


def _way_back(row: WithTodos, today: date) -> Reason | None:
    if row.phase == Phase.ACCEPTANCE:
        return RUNS_AGAIN_ACCEPTED()
    return RUNS_AGAIN_FILED() if phase_on(row, today) == EXPIRED else None


def _expiring(row: WithTodos, expires: date, today: date) -> Iterator[Todo]:
    for kind, days in ((TodoKind.EXPIRING_SOON, VERY_NEAR), (TodoKind.EXPIRING, NEAR)):
        if expires <= days_after(today, days):
            yield _todo(row, kind, days_after(expires, -days), expires, RENEW(day=on_day(expires)))
            return


def _todo(row: WithTodos, kind: TodoKind, since: date, until: date | None, said: Reason) -> Todo:
    return Todo(kind, row.case, row.reference, row.title, since, until, said)
