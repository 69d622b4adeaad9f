"""A newer roster version whose people are not here: what it stops, and how everybody says so.

It may have cut off the very key that is about to sign, or one whose signature is about to be countersigned. So nothing
that leans to permission is signed meanwhile; objections, withdrawals and comments are. Which versions stop it is told by
``RosterHistory.awaited``.
"""

from __future__ import annotations

from intake.domain.base.refusals import Refusal
from intake.domain.organisation.history import RosterHistory


class RosterUnread(Refusal):
    what = "Roster version {version} cannot be read here, because its people are missing: nothing new can be approved."
    why = "It may have ended roles and cut off keys that the version before it lists. Objecting is always possible."
    next = "Fetch from the exchange, or ask {names} for a package of everything: it is the file {file}."


def roster_unread(rosters: RosterHistory) -> RosterUnread | None:
    """What to say, everywhere, while a version that could be in force cannot be read; None while there is none.

    Who endorsed it has its people: nobody can endorse what they cannot read.
    """
    if not rosters.awaited:
        return None
    newest = rosters.awaited[-1]
    names = sorted({rosters.name(person) for person in newest.endorsed if rosters.person(person)})
    return RosterUnread(version=newest.document.version, names=" or ".join(names), file=newest.waits_for)


def require_rosters_read(rosters: RosterHistory) -> None:
    """Raises RosterUnread while a version that could be in force cannot be read."""
    if refusal := roster_unread(rosters):
        raise refusal
