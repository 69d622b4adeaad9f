"""The columns of the register list, each described once: where its value comes from, how it is stored and read, and which order
it gives.

Rows are written, read and sorted by this table. ``schema`` has the same columns with their indexes, and a test compares the two.
No SQLAlchemy here: the first page is read before it is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from intake.domain.base.reasons import Reason, as_text, of_text
from intake.domain.case.due import NEVER, press_key, tier_key
from intake.register.views.rows import CaseRow, Facet, ListOrder, moment, seconds

if TYPE_CHECKING:
    from intake.domain.case.summary import CaseSummary

    CaseListed: TypeAlias = CaseSummary | CaseRow
    """Both have the fields that a row of the list is made of, with the same values."""

Stored: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class CaseColumn:
    """One column of the table ``case_row``.

    ``stored`` gives what is stored of it, ``read`` makes the value in a ``CaseRow`` from that; without ``read`` it is the same.
    What is not ``listed`` is no field of a row: cases are sorted or counted by it. ``order`` is the order of the list that it
    gives, the largest first where it is ``falling``.
    """

    name: str
    stored: Callable[[CaseListed], Stored]
    read: Callable[[Any], object] | None = None
    listed: bool = True
    order: ListOrder | None = None
    falling: bool = False


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(256)
def _reason(text: str) -> Reason | None:
    return of_text(text)


@lru_cache(64)
def _offices(turn: str) -> tuple[str, ...]:
    return tuple(turn.split())


def _decided_key(case: CaseListed) -> str:
    # What has no decision yet comes behind, by its last move.
    return f"{_iso(case.decided) or '0000-00-00'} {moment(seconds(case.newest)).isoformat()}"


def _turn(office: str) -> CaseColumn:
    return CaseColumn(turn_column(office), lambda case: int(office in case.turn), listed=False)


def turn_column(office: str) -> str:
    """The column that tells whether it is the turn of one of ``TURNS``. Raises KeyError for anybody else: it becomes SQL."""
    if office not in TURNS:
        raise KeyError(office)
    return f"turn_{office}"


TURNS = ("owner", "cio", "ciso", "records")

CASE_COLUMNS = (
    CaseColumn("reference", lambda case: case.reference, order=ListOrder.REFERENCE),
    CaseColumn("title", lambda case: case.title),
    CaseColumn("title_key", lambda case: case.title.casefold(), listed=False, order=ListOrder.TITLE),
    CaseColumn("unit", lambda case: case.unit),
    CaseColumn("owner", lambda case: case.owner, order=ListOrder.OWNER),
    CaseColumn("tier", lambda case: str(case.tier)),
    CaseColumn("lane", lambda case: str(case.lane)),
    CaseColumn("stage", lambda case: str(case.stage)),
    CaseColumn("phase", lambda case: str(case.phase)),
    CaseColumn("turn", lambda case: " ".join(case.turn), _offices),
    *map(_turn, TURNS),
    CaseColumn("cio", lambda case: str(case.cio)),
    CaseColumn("ciso", lambda case: str(case.ciso)),
    CaseColumn("revision", lambda case: case.revision),
    CaseColumn("filed", lambda case: _iso(case.filed), _day),
    CaseColumn("decided", lambda case: _iso(case.decided), _day),
    CaseColumn("expires", lambda case: _iso(case.expires), _day),
    CaseColumn("expires_key", lambda case: _iso(case.expires) or NEVER, listed=False, order=ListOrder.EXPIRY),
    CaseColumn("due", lambda case: _iso(case.due), _day),
    CaseColumn("due_key", lambda case: _iso(case.due) or NEVER, listed=False, order=ListOrder.DUE),
    CaseColumn("newest", lambda case: seconds(case.newest), moment, order=ListOrder.NEWEST, falling=True),
    CaseColumn("alarms", lambda case: case.alarms),
    CaseColumn("waiting", lambda case: case.waiting),
    CaseColumn("asked", lambda case: case.asked),
    CaseColumn("since", lambda case: _iso(case.since), _day, order=ListOrder.SINCE),
    CaseColumn("clock", lambda case: _iso(case.clock), _day),
    CaseColumn("due_what", lambda case: case.due_what),
    CaseColumn("due_of", lambda case: case.due_of),
    CaseColumn("due_text", lambda case: case.due_text),
    CaseColumn("press_key", press_key, listed=False, order=ListOrder.PRESSING),
    CaseColumn("tier_key", tier_key, listed=False, order=ListOrder.TIER),
    CaseColumn("decided_year", lambda case: str(case.decided.year) if case.decided else "", listed=False),
    CaseColumn("decided_key", _decided_key, listed=False, order=ListOrder.DECIDED, falling=True),
    CaseColumn("stop", lambda case: as_text(case.stop), _reason),
    CaseColumn("record", lambda case: case.record),
    CaseColumn("successor", lambda case: case.successor),
    CaseColumn("parties", lambda case: case.parties),
    CaseColumn("waived", lambda case: str(case.waived)),
)
"""All of the table but its key, in the order of the fields of ``CaseRow``."""

FACET_COLUMNS = {
    Facet.PHASE: "phase",
    Facet.TIER: "tier",
    Facet.UNIT: "unit",
    Facet.STAGE: "asked",
    Facet.OWNER: "owner",
    Facet.YEAR: "decided_year",
    Facet.RECORD: "record",
    Facet.WAIVED: "waived",
}
"""The column that each filter looks at; whose turn it is has one for each party."""

ANY_RECORD = "any"
"""The value of ``Facet.RECORD`` that every case has whose record is in some group."""


ORDERS = {column.order: column for column in CASE_COLUMNS if column.order}
"""The column that gives each order."""

_LISTED = tuple(column for column in CASE_COLUMNS if column.listed)
COLUMN_NAMES = ("pk", "case_id", *(column.name for column in _LISTED))
"""What ``case_row`` reads, in its order."""

COLUMNS = ", ".join("u.case_id" if name == "case_id" else f"c.{name}" for name in COLUMN_NAMES)
"""The same in SQL; c is case_row, u is use_case."""

_READ = tuple((place, column.read) for place, column in enumerate(_LISTED, start=2) if column.read)


def case_row(found: Sequence[Any]) -> CaseRow:
    """Make a row from the values of ``COLUMN_NAMES``."""
    values = list(found)
    for place, read in _READ:
        values[place] = read(values[place])
    return CaseRow._make(values)


def stored_row(pk: int, summary: CaseSummary) -> dict[str, Stored]:
    """What is stored of a case, by column."""
    return {"pk": pk} | {column.name: column.stored(summary) for column in CASE_COLUMNS}
