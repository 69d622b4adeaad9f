"""What the people page shows, read on the register lane as frozen rows: the organisation, what waits, one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from intake.domain.organisation.roster import Use
from ui.jobs import JobTask
from ui.people.exchange_card import ExchangeFacts, how_it_exchanges
from ui.people.playbook import PlaybookFacts, in_use
from ui.people.versions import Rival, SettlementTold, TooLate, WaitingRoster, late, rival, settlement, waiting
from ui.signing_job import Identity, identity
from ui.texts import Texts
from ui.widgets.paged_model import Cell, PageOfRows, PageRequest, Row, page_of
from ui.words import cases as words

if TYPE_CHECKING:
    from intake.domain.organisation.history import RosterHistory
    from intake.domain.organisation.reconciling import Difference
    from intake.domain.organisation.roster import Grant, ListedCertificate
    from intake.services.installation.workspace import Session
    from intake.services.lists.people import PersonView
    from intake.services.organisation.literacy import Training
    from intake.services.organisation.people import Enrolment
    from intake.services.organisation.unread_rosters import RosterUnread


@dataclass(frozen=True, slots=True)
class Dispute:
    """Something rivals say differently, and what the version that names them keeps (``Difference``).

    ``role`` is empty for a key. ``names`` are the people a key is listed for besides ``name``; else two checkpoints differ.
    """

    name: str
    role: str
    key: str
    kept: str
    others: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bare:
    """A version that no checkpoint covers. ``names`` are those whose checkpoint would, ``mine`` whether I am one."""

    version: int
    names: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class UnreadVersion:
    """A version whose people are not here. ``file`` is the SHA-256 of what it waits for."""

    version: int
    author: str
    file: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who enrolled and is not listed with this key. ``known`` is whether the person is listed already, and with it
    ``holds`` the roles in which the new key may then act. ``waits_for`` are who still endorses the version that lists it.
    """

    act: str
    person: str
    name: str
    unit: str
    fingerprint: str
    words: str
    known: bool
    holds: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Organisation:
    """``version`` is 0 while there is none. ``expires`` is the day after which nothing new can be approved.

    ``tells`` is whether my checkpoint says which of the ``rivals`` counts, ``tellers`` the names of those whose does,
    ``silent`` of those who signed one, of which what it lists is not here. ``unreadable`` is what to say of a newer version
    that could be in force and whose people are not here; ``unread`` are others without their people. ``settlement`` is what
    an administrator would sign to settle the rivals. ``administrators`` are names.
    """

    me: Identity
    administrator: bool
    enrolled: bool
    my_words: str
    name: str
    id: str
    words: str
    version: int
    expires: date | None
    expired: bool
    known_on: datetime | None
    count: int
    waiting: tuple[WaitingRoster, ...]
    rivals: tuple[Rival, ...]
    tells: bool
    tellers: tuple[str, ...]
    silent: tuple[str, ...]
    bare: Bare | None
    late: tuple[TooLate, ...]
    asking: tuple[Asking, ...]
    playbook: PlaybookFacts
    unread: tuple[UnreadVersion, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    settlement: SettlementTold | None = None
    unreadable: RosterUnread | None = None
    administrators: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    """What is so of the two offices and keeps use cases from being decided, in sentences."""
    exchange: ExchangeFacts = field(default_factory=ExchangeFacts)


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds or held."""

    role: str
    scope: str
    since: date
    until: date | None
    open: bool


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of somebody. ``cut_off`` is beyond ended: it counts for nothing after its checkpoint."""

    fingerprint: str
    words: str
    since: date
    open: bool
    cut_off: bool
    use: str = "sign"


@dataclass(frozen=True, slots=True)
class PersonDetail:
    id: str
    name: str
    unit: str
    roles: tuple[Held, ...]
    keys: tuple[KeyRow, ...]
    training: Training

    @property
    def reads(self) -> bool:
        """Whether a key is listed with which they can be given access."""
        return any(key.use == Use.DECRYPT and key.open and not key.cut_off for key in self.keys)


def look(_: JobTask, session: Session) -> Organisation:
    from intake.domain.base.wording import words as in_words
    from intake.domain.base.words import spoken
    from intake.domain.case.status import roster_expired
    from intake.domain.organisation.roster import Role
    from intake.services.lists import home
    from intake.services.organisation import offices, people, settling
    from intake.services.organisation.unread_rosters import roster_unread
    from intake.services.proving import listings

    installation = session.installation
    rosters = installation.rosters
    me = identity(session)
    newest = rosters.newest
    enrolled = people.enrolments(installation)
    front = tuple(sorted(item.id for item in rosters.in_force))
    pending = [item for item in rosters.pending if item.listed.roster.previous == front]
    settled, disputed = settling.settlement(installation) if rosters.rivals else (None, ())
    return Organisation(
        me=me,
        administrator=rosters.holds(me.person, Role.ADMINISTRATOR),
        enrolled=any(item.fingerprint == me.fingerprint for item in enrolled),
        my_words=spoken(me.fingerprint) if me.fingerprint else "",
        name=newest.organisation if newest else "",
        id=rosters.org,
        words=spoken(rosters.org) if rosters.org else "",
        version=newest.version if newest else 0,
        expires=newest.expires if newest else None,
        expired=roster_expired(rosters, installation.clock().date()),
        known_on=home.known_on(installation),
        count=len(newest.people) if newest else 0,
        waiting=tuple(waiting(installation, item, me.person) for item in pending),
        rivals=tuple(rival(installation, item) for item in rosters.in_force) if rosters.rivals else (),
        tells=(me.person, me.fingerprint) in rosters.settlers,
        tellers=tuple(sorted({rosters.name(name) for name, _ in rosters.settlers})),
        silent=tuple(
            sorted({rosters.name(act.person) for act in listings.unlisted_in(installation, rosters.settlers)})
        ),
        bare=_bare(rosters, me),
        late=tuple(late(installation, item) for item in rosters.late.values()),
        asking=tuple(_asking(item, rosters) for item in enrolled if not item.listed),
        playbook=in_use(session),
        unread=tuple(
            UnreadVersion(item.document.version, rosters.name(item.author), item.waits_for)
            for item in rosters.unread.values()
            if item.waits_for and not item.may_count
        ),
        disputes=tuple(_dispute(item, rosters) for item in disputed),
        settlement=settlement(installation, settled) if settled else None,
        unreadable=roster_unread(rosters),
        administrators=tuple(sorted(map(rosters.name, newest.administrators))) if newest else (),
        offices=tuple(map(in_words, offices.truths(installation))),
        exchange=how_it_exchanges(session),
    )


def person(_: JobTask, session: Session, person_id: str) -> PersonDetail | None:
    """Everything the newest roster says about somebody; None for nobody."""
    from intake.services.organisation import literacy

    rosters = session.installation.rosters
    found = rosters.person(person_id)
    if found is None:
        return None
    cut = {name for listed in rosters.in_force for name in listed.roster.cutoffs}
    return PersonDetail(
        found.id,
        found.name,
        found.unit,
        tuple(sorted((_held(grant) for grant in found.grants), key=lambda item: (not item.open, item.role))),
        tuple(sorted((_key(item, cut) for item in found.certificates), key=lambda item: (not item.open, item.since))),
        literacy.training(session.installation, person_id),
    )


def fetch(task: JobTask, session: Session, request: PageRequest) -> PageOfRows:
    """The people of the roster in force, by name, those whose name, id or unit holds the words asked for."""
    from intake.services.lists import people

    found = people.found(session.installation, str(request.query or ""))
    return page_of(task, request, found[::-1] if request.descending else found, _row)


def _row(item: PersonView) -> Row:
    nothing = PeopleLookTexts.tr("no role now")
    return Row(
        item.person,
        (
            Cell(item.name, tip=item.person),
            Cell(", ".join(words.role_words(role) for role in item.roles) or nothing, quiet=not item.roles),
            Cell(item.unit, quiet=True, tip=item.unit),
        ),
    )


def _dispute(item: Difference, rosters: RosterHistory) -> Dispute:
    from intake.domain.base.names import is_id

    shared = item.kept == item.person
    return Dispute(
        name=rosters.name(item.person),
        role="" if is_id(item.what) else item.what,
        key=item.what if is_id(item.what) else "",
        kept=item.kept,
        others=item.others,
        names=tuple(rosters.name(name) for name in item.others) if shared else (),
    )


def _bare(rosters: RosterHistory, me: Identity) -> Bare | None:
    """The newest version that my checkpoint would cover, else the newest that anybody's would."""
    key = (me.person, me.fingerprint)
    first = sorted(rosters.uncovered, key=lambda item: (key in item.keys, bool(item.keys), item.listed.roster.version))
    if not first:
        return None
    item = first[-1]
    names = tuple(sorted(rosters.name(name) for name in item.people))
    return Bare(item.listed.roster.version, names, key in item.keys)


def _asking(item: Enrolment, rosters: RosterHistory) -> Asking:
    from intake.domain.base.words import spoken

    found = rosters.person(item.person)
    holds = tuple(dict.fromkeys(str(grant.role) for grant in found.grants if grant.period.open)) if found else ()
    words = spoken(item.fingerprint)
    return Asking(
        item.act, item.person, item.name, item.unit, item.fingerprint, words, found is not None, holds, item.waits_for
    )


def _held(grant: Grant) -> Held:
    return Held(str(grant.role), grant.scope, grant.period.since, grant.period.until, grant.period.open)


def _key(item: ListedCertificate, cut: set[str]) -> KeyRow:
    from intake.domain.base.words import spoken

    fingerprint = item.sha256
    return KeyRow(fingerprint, spoken(fingerprint), item.period.since, item.period.open, fingerprint in cut, item.use)


class PeopleLookTexts(Texts):
    pass
