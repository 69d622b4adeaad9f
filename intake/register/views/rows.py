"""What the register gives to screens and services: frozen rows, never ORM rows.

No SQLAlchemy here; ``first_page`` uses the same rows before SQLAlchemy is imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ListOrder(StrEnum):
    """The orders offered. Each has an index; no other order is offered."""

    NEWEST = "newest"
    REFERENCE = "reference"
    TITLE = "title"
    OWNER = "owner"
    DUE = "due"
    EXPIRY = "expiry"


class Facet(StrEnum):
    """The filters offered."""

    PHASE = "phase"
    TIER = "tier"
    UNIT = "unit"
    STAGE = "stage"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page ends: the sort value and the number of the last row, handed back to get the next page."""

    value: str | int
    pk: int


class CaseRow(NamedTuple):
    """One row of the register list. ``owner`` is a person id, ``newest`` the latest moment any signer claimed.

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


COLUMN_NAMES = (
    "pk", "case_id", "reference", "title", "unit", "owner", "tier", "lane", "stage", "phase", "turn", "cio", "ciso",
    "revision", "filed", "decided", "expires", "due", "newest", "alarms", "waiting",
)  # fmt: skip
"""What ``case_row`` reads, in its order: all of the table case_row, but case_id."""

COLUMNS = ", ".join("u.case_id" if name == "case_id" else f"c.{name}" for name in COLUMN_NAMES)
"""The same in SQL; c is case_row, u is use_case."""


def case_row(found: Sequence[Any]) -> CaseRow:
    """Make a row from the values of ``COLUMN_NAMES``."""
    (pk, case, reference, title, unit, owner, tier, lane, stage, phase, turn, cio, ciso, revision, filed, decided,
     expires, due, newest, alarms, waiting) = found  # fmt: skip
    return CaseRow(
        pk,
        case,
        reference,
        title,
        unit,
        owner,
        tier,
        lane,
        stage,
        phase,
        _offices(turn),
        cio,
        ciso,
        revision,
        _day(filed),
        _day(decided) if decided else None,
        _day(expires) if expires else None,
        _day(due) if due else None,
        moment(newest),
        alarms,
        waiting,
    )


_day = lru_cache(4096)(date.fromisoformat)


@lru_cache(64)
def _offices(turn: str) -> tuple[str, ...]:
    return tuple(turn.split())


def seconds(at: datetime) -> int:
    """Whole seconds since 1970, for every year a date can have."""
    return int((at - _EPOCH) // timedelta(seconds=1))


def moment(since: int) -> datetime:
    return _EPOCH + timedelta(seconds=since)
