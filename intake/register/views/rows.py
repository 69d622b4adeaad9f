"""What the register gives to screens and services: frozen rows, never ORM rows.

No SQLAlchemy here; ``first_page`` uses the same rows before SQLAlchemy is imported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from intake.domain.base.reasons import Reason

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ListOrder(StrEnum):
    """The orders offered. Each has an index; no other order is offered."""

    PRESSING = "pressing"
    NEWEST = "newest"
    REFERENCE = "reference"
    TITLE = "title"
    OWNER = "owner"
    TIER = "tier"
    SINCE = "since"
    DUE = "due"  # by what the terms in force ask for
    EXPIRY = "expiry"
    DECIDED = "decided"


class Facet(StrEnum):
    """The filters offered."""

    PHASE = "phase"
    TIER = "tier"
    UNIT = "unit"
    STAGE = "stage"  # the one asked for
    TURN = "turn"
    OWNER = "owner"
    YEAR = "year"  # of the decision
    RECORD = "record"  # what became of the record
    WAIVED = "waived"  # what the terms in force do without


class DecidedDay(StrEnum):
    """The two ends of a range of days in which something was decided, both days in it: ISO days, beside the filters."""

    FROM = "from"
    TO = "to"


class EndsDay(StrEnum):
    """What was in force and has ended is said to be expired: the day of today, before which or from which it ends. The first is of the
    phases in which something may be in force; the second is a condition beside one of them.
    """

    BEFORE = "ends-before"
    FROM = "ends-from"


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page ends: the sort value and the number of the last row, handed back to get the next page."""

    value: str | int
    pk: int


class CaseRow(NamedTuple):
    """One row of the register list, with the fields of ``CaseSummary``. ``owner`` is a person id, empty for nobody, ``newest`` the
    latest moment any signer claimed.

    A tuple and no dataclass: a page makes a hundred of them, and each is made in a third of the time.
    """

    pk: int
    case: str
    reference: str
    title: str
    unit: str
    owner: str
    tier: str
    lane: str
    stage: str
    phase: str
    turn: tuple[str, ...]
    cio: str
    ciso: str
    revision: int
    filed: date
    decided: date | None
    expires: date | None
    due: date | None
    newest: datetime
    alarms: int
    waiting: int
    asked: str
    since: date
    clock: date | None
    due_what: str
    due_of: str
    due_text: str
    stop: Reason | None
    record: str
    successor: str
    parties: str
    waived: str


@dataclass(frozen=True, slots=True)
class RowsPage:
    """``after`` is None on the last page."""

    rows: tuple[CaseRow, ...]
    after: Key | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases there are, in all and per value of each facet."""

    total: int
    facets: Mapping[Facet, Mapping[str, int]]

    def of(self, facet: Facet, value: str) -> int:
        return self.facets.get(facet, {}).get(value, 0)


def seconds(at: datetime) -> int:
    """Whole seconds since 1970, for every year a date can have."""
    return int((at - _EPOCH) // timedelta(seconds=1))


def moment(since: int) -> datetime:
    return _EPOCH + timedelta(seconds=since)
