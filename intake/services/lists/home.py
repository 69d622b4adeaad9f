"""What needs me: one look over everything that waits for a person, for the first page and the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.domain.acts.kinds import CHECKPOINT, Office
from intake.domain.base.words import spoken
from intake.domain.case.allowed import office_of
from intake.domain.organisation.history import Pending
from intake.domain.organisation.rivals import Uncovered
from intake.domain.organisation.roster import Role
from intake.register.views.projector import NoteSort
from intake.register.views.rows import CaseRow
from intake.services.deciding import unsigned
from intake.services.deciding.unsigned import UnsignedCount
from intake.services.exchanging import delivery
from intake.services.installation.installation import Installation
from intake.services.lists import drafts, notes, todo
from intake.services.lists.drafts import DraftLine
from intake.services.lists.todo import TodoList
from intake.services.organisation import covering, people
from intake.services.organisation.people import Enrolment
from intake.services.organisation.unread_rosters import RosterUnread, roster_unread


@dataclass(frozen=True, slots=True)
class Me:
    """The person at this installation, as the roster sees them. ``listed`` is whether this key may sign."""

    person: str
    name: str
    roles: tuple[Role, ...]
    office: Office | None
    listed: bool
    organisation: str
    words: str
    known_on: datetime | None


@dataclass(frozen=True, slots=True)
class NeedsMe:
    """``todo`` is what needs me in use cases; the rest are lists to act on (drafts, versions to endorse and to cover by a checkpoint,
    people who ask) and counts to look into.
    ``unsigned`` are changes of terms that this person has not signed, each with its case, the one changed last first.
    ``waiting`` is ``notes.waiting_count``, ``unsent`` how many acts signed here have not left.
    ``to_tell`` is whether a checkpoint of mine would tell between two rosters, ``unread`` what to say of a newer roster
    whose people are not here.
    """

    me: Me
    todo: TodoList
    drafts: tuple[DraftLine, ...]
    unsigned: tuple[tuple[CaseRow, UnsignedCount], ...]
    to_endorse: tuple[Pending, ...]
    to_cover: tuple[Uncovered, ...]
    to_tell: bool
    asking: tuple[Enrolment, ...]
    alarms: int
    waiting: int
    quarantined: int
    unsent: int
    unread: RosterUnread | None = None

    @property
    def quiet(self) -> bool:
        """Nothing at all waits for this person."""
        people = self.to_endorse or self.to_cover or self.to_tell or self.asking
        return not (self.todo.count or self.drafts or self.unsigned or people or self.alarms)


def me(installation: Installation, person: str, fingerprint: str) -> Me:
    """Who this installation's person is now."""
    rosters = installation.rosters
    entry = rosters.person(person)
    grants = entry.grants if entry else ()
    # What a role of a newer version is good for is not known here, so it asks nothing of anybody.
    roles = tuple(sorted({grant.role for grant in grants if grant.period.open and isinstance(grant.role, Role)}))
    return Me(
        person=person,
        name=entry.name if entry else person,
        roles=roles,
        office=office_of(installation.rosters, person),
        listed=rosters.listed(person, fingerprint),
        organisation=rosters.newest.organisation if rosters.newest else "",
        words=spoken(rosters.org) if rosters.org else "",
        known_on=known_on(installation),
    )


def needs(installation: Installation, person: str, fingerprint: str, *, limit: int = 20) -> NeedsMe:
    """Everything that waits for ``person``; the lists besides ``todo`` hold at most ``limit`` rows."""
    queries = installation.register.queries
    mine = me(installation, person, fingerprint)
    return NeedsMe(
        me=mine,
        todo=todo.todo(installation, person),
        drafts=drafts.lines(installation, limit=limit),
        unsigned=tuple(
            (row, item)
            for item in unsigned.counts(installation, person)[:limit]
            if (row := queries.row(item.case)) is not None
        ),
        to_endorse=endorsable(installation, person),
        to_cover=covering.asked_of(installation, person, fingerprint),
        to_tell=(person, fingerprint) in installation.rosters.settlers,
        asking=asking(installation, mine),
        alarms=len(queries.notes(NoteSort.ALARM)),
        waiting=notes.waiting_count(installation),
        quarantined=installation.register.quarantine.count(),
        unsent=delivery.unsent(installation).count,
        unread=roster_unread(installation.rosters),
    )


def asking(installation: Installation, mine: Me) -> tuple[Enrolment, ...]:
    """Who asks to be listed, for an administrator; nobody for others. Whom a version lists that waits for an endorsement asks
    nobody any more but those who endorse it.
    """
    if Role.ADMINISTRATOR not in mine.roles:
        return ()
    return tuple(item for item in people.enrolments(installation) if not (item.listed or item.waits_for))


def endorsable(installation: Installation, person: str) -> tuple[Pending, ...]:
    """Roster versions that ``person`` can still help to count. Versions that no longer follow are left out."""
    rosters = installation.rosters
    front = tuple(sorted(item.id for item in rosters.in_force))
    return tuple(
        item for item in rosters.pending if person in item.agreement.missing and item.listed.roster.previous == front
    )


def known_on(installation: Installation) -> datetime | None:
    """The time the newest checkpoint claims: how fresh this picture is (rule R8). None without one."""
    times = [act.at for act in installation.register.queries.organisation_acts(CHECKPOINT.name)]
    return max(times, default=None)
