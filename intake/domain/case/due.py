"""What is due next in a use case, until when and of whom, and which of two use cases presses more.

Every list of use cases asks here, so that the first line of each is the same one; what the terms themselves ask for is in
``terms_due``. Nothing here knows the day of today: what presses most is what was due first, and of the same day what can
harm most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from intake.domain.case.phases import Phase
from intake.domain.terms.tier import Tier


class DueWhat(StrEnum):
    OPINION = "opinion"  # of an office, on the newest revision
    ANSWER = "answer"  # of the owner, to what an office asked for
    ACCEPTANCE = "acceptance"  # of the owner, under what both decided otherwise than was filed
    SIGNATURE = "signature"  # on the record of a decision that exists already
    CONDITION = "condition"  # or any other commitment: a control or a duty of the playbook
    FIGURES = "figures"  # users and cost of a pilot, by its owner
    LIMIT = "limit"  # what runs is past a limit of its terms, since the day of the report
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Due:
    """``of`` are the parties whose turn it is ("owner", "cio", "ciso", "records"); of a condition or of an expiry it is one
    person id. ``text`` are the words of a commitment.
    """

    what: DueWhat
    day: date
    of: tuple[str, ...]
    text: str = ""


class WithDues(Protocol):
    """What is asked of a row of the register list, or of the summary it is made from.

    ``clock`` is the day until which those whose ``turn`` it is have time; ``due``, ``due_what``, ``due_of`` and ``due_text`` are
    what the terms in force ask for first; ``since`` is the day from which it is as it is, and their turn (``whose_turn``).
    """

    @property
    def reference(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def phase(self) -> str: ...
    @property
    def turn(self) -> tuple[str, ...]: ...
    @property
    def since(self) -> date: ...
    @property
    def clock(self) -> date | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def due_what(self) -> str: ...
    @property
    def due_of(self) -> str: ...
    @property
    def due_text(self) -> str: ...


SOON = timedelta(days=45)
"""How long before an approval ends, or a commitment is due, somebody is told."""
NEVER = "9999-99-99"
"""Where nothing is due, in an order by day."""


def due_of_terms(row: WithDues) -> Due | None:
    """What the terms in force ask for first; None where none are in force."""
    if row.due is None:
        return None
    return Due(DueWhat(row.due_what), row.due, (row.due_of,), row.due_text)


def next_due(row: WithDues) -> Due | None:
    """What presses in a use case: while it is somebody's turn, that; else what its terms ask for."""
    if row.turn and row.clock is not None:
        return Due(_asked_of(row), row.clock, row.turn)
    return due_of_terms(row)


def press_key(row: WithDues) -> str:
    """The place of a use case among all: the smallest presses most. By day, then by tier, then by reference.

    Where it is somebody's turn and nobody can tell how long they have, it presses since it is their turn: an unknown
    time hides nothing. A tier that is not known here counts as the highest.
    """
    return f"{_press_day(row)} {_tier_digit(row.tier)} {row.reference}"


def tier_key(row: WithDues) -> str:
    """The same with the tier first, the highest before the others."""
    return f"{_tier_digit(row.tier)} {_press_day(row)} {row.reference}"


def _press_day(row: WithDues) -> str:
    found = next_due(row)
    if row.turn and row.clock is None:
        return row.since.isoformat()
    return found.day.isoformat() if found else NEVER


def _tier_digit(tier: str) -> int:
    return Tier.PROHIBITED.rank - Tier(tier).rank if tier in set(Tier) else 0


def _asked_of(row: WithDues) -> DueWhat:
    if row.phase == Phase.DECIDED:
        return DueWhat.SIGNATURE
    if row.phase == Phase.ACCEPTANCE and "owner" in row.turn:
        return DueWhat.ACCEPTANCE
    return DueWhat.ANSWER if row.turn == ("owner",) else DueWhat.OPINION
