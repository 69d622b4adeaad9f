"""A newer roster version of which something is not here: what it stops, and how everybody says so.

It may have cut off the very key that is about to sign, or one whose signature is about to be countersigned. So nothing
that leans to permission is signed meanwhile; objections, withdrawals and comments are. Which versions stop it is told by
``RosterHistory.awaited`` and ``pending``.
"""

from __future__ import annotations

from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import either
from intake.domain.organisation.history import RosterHistory


class RosterUnread(Refusal):
    what = "Roster version {version} cannot be read here, because its people are missing: nothing new can be approved."
    why = "It may have ended roles and cut off keys that the version before it lists. Objecting is always possible."
    next = "Fetch from the exchange, or ask {names} for a package of everything: it is the file {file}."


class RosterWaits(RosterUnread):
    what = "Roster version {version} waits for a checkpoint that is missing here: nothing new can be approved."
    why = (
        "It ends something there, a key that was stolen perhaps, and nobody can tell what is left of it. Objecting is "
        "always possible."
    )
    next = "Fetch from the exchange, or ask {names} for a package of everything: it is the act {file}."


def roster_unread(rosters: RosterHistory) -> RosterUnread | None:
    """What to say, everywhere, while a version that a majority signed says something nobody here can tell; else None.

    Its people are missing, or a checkpoint at which it ends something. Who endorsed it has both: nobody can endorse what
    they cannot read.
    """
    return _people_missing(rosters) or _checkpoint_missing(rosters)


def _checkpoint_missing(rosters: RosterHistory) -> RosterWaits | None:
    waiting = [item for item in rosters.pending if item.waits_for]
    if not waiting:
        return None
    newest = max(waiting, key=lambda item: (item.listed.roster.version, item.listed.id))
    names = either(sorted(rosters.name(person) for person in newest.agreement.signed if rosters.person(person)))
    return RosterWaits(version=newest.listed.roster.version, names=names, file=newest.waits_for)


def _people_missing(rosters: RosterHistory) -> RosterUnread | None:
    if not rosters.awaited:
        return None
    newest = rosters.awaited[-1]
    names = sorted({rosters.name(person) for person in newest.endorsed if rosters.person(person)})
    return RosterUnread(version=newest.document.version, names=either(names), file=newest.waits_for)


def require_rosters_read(rosters: RosterHistory) -> None:
    """Raises RosterUnread or RosterWaits while a version that could be in force says something nobody here can tell."""
    if refusal := roster_unread(rosters):
        raise refusal


def require_people_read(rosters: RosterHistory) -> None:
    """Raises RosterUnread while the people of a version that could be in force are missing.

    Who writes a roster may go on beside one that waits for a checkpoint: of one that never was, nothing else helps.
    """
    if refusal := _people_missing(rosters):
        raise refusal
