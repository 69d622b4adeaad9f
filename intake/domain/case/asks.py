"""The kinds of what needs a person in a use case, and what acts alone ask of somebody: kept with the row of the case.

Nothing here knows the day of today. What is asked says from which day and until which day it is to be told, so whoever has a day
only compares (``todo``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.acts.kinds import Office
from intake.domain.base.reasons import Reason
from intake.domain.organisation.roster import Role


class TodoKind(StrEnum):
    """In the order in which they press."""

    SUSPENDED = "suspended"
    """Of the owner: what runs is suspended, withdrawn or in doubt, and must stop."""
    EXPIRED = "expired"
    """Of the owner: the approval has ended; the way back is to file again, or to accept what was decided since."""
    OVERDUE = "overdue"
    """Of who has to meet a commitment, of the owner and of both offices: its day is past."""
    PAST_LIMIT = "past-limit"
    """Of the owner and of both offices: what runs is larger than what was granted."""
    FIGURES_LATE = "figures-late"
    """Of the owner: the day by which to report users and cost is past."""
    LIFT = "lift"
    """Of an office: the use case is suspended, and this office has not lifted that."""
    TAKE_OVER = "take-over"
    """Of the successor: a use case was handed over to them."""
    OWNERLESS = "ownerless"
    """Of both offices and of administrators: nobody present answers for it."""
    NOBODY_DECIDES = "nobody-decides"
    """Of administrators: it is the turn of an office, and by the roster nobody can take it."""
    SECOND_ADMINISTRATOR = "second-administrator"
    """Of administrators: one of them hands it over, and it takes two."""
    ACCEPT = "accept"
    """Of the owner: both offices decided otherwise than was filed."""
    ANSWER_OWNER = "answer-owner"
    """Of an office: the owner’s side has said what a point of its terms costs."""
    DECIDE = "decide"
    """Of an office: its opinion is asked for."""
    SIGNATURE = "signature"
    """Of one person: the record of a decision lacks their signature."""
    CHANGES = "changes-asked"
    """Of the owner: an office asks for something."""
    CONFLICT = "conflict"
    """Of the owner: two revisions claim to be the newest."""
    SENT_BACK = "sent-back"
    """Of who reported a commitment, and of who has to meet it: an office sent the report back."""
    CONFIRM = "to-confirm"
    """Of the office that asked for a commitment, or of both: somebody reports that it is met."""
    EXPIRING_SOON = "expiring-in-7-days"
    EXPIRING = "expiring-in-30-days"
    DUE = "due"
    """Of who has to meet a commitment: its day comes within 30 days."""
    FIGURES = "figures-due"
    """Of the owner of a pilot: users and cost are to be reported within 14 days."""
    ACKNOWLEDGE = "acknowledge"
    """Of an office: the use was retired, and this office has not said that it has read what becomes of it."""
    DECIDED = "decided"
    """Of the owner, until they look at it: both offices have decided, or one declined."""
    GATE_READY = "gate-ready"
    """Of the owner: a pilot has run for 30 days, and nothing stands between it and a request for scaled use."""


NEAR, VERY_NEAR = 30, 7
"""How many days before an approval ends somebody is told, and told again; the first also of a commitment."""
REPORT_SOON = 14
"""How many days before a report of users and cost is due its owner is told."""


@dataclass(frozen=True, slots=True)
class CaseAsk:
    """One thing asked of a ``party``: of a person (id), of an office, of both or of all administrators (``ask_party``).

    It is told from ``since`` on, to ``last`` where it does not stay until it is done, to nobody of the ``barred`` (people). ``until`` is
    the day by which it is due. ``name`` tells several of one kind in a case apart, and stays when their day moves. ``said`` is what
    has to be done and why; people are ids in it.
    """

    kind: TodoKind
    party: str
    since: date
    said: Reason
    until: date | None = None
    last: date | None = None
    name: str = ""
    barred: tuple[str, ...] = ()

    def told(self, day: date) -> bool:
        return self.since <= day and (self.last is None or day <= self.last)


def ask_party(role: Office | Role) -> str:
    """A party that is no person: no id of a person has this sign."""
    return f"@{role.value}"


OFFICES = "@offices"
"""Both offices, where either is told the same: one thing asked, and not two."""
ADMINISTRATORS = ask_party(Role.ADMINISTRATOR)
