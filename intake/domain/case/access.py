"""Who reads a use case, and under which key what is written about it travels.

Whether somebody may read follows from the roster and from whose case it is, and from nothing else. What was handed to whom is
told by notes (``kinds.access``). A note counts when its author reads the case now: what others write of access is shown, and no
key they bring is ever written with. When a reader leaves, no key they have is written with any more; the next who signs
anything begins another. What was read before stays read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.access import AccessBody
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.roster import Person, Role, Use


class Ground(StrEnum):
    """Why somebody reads a use case, or the acts of the organisation."""

    OWNER = "owner"
    SUBMITTER = "submitter"
    UNIT = "unit"
    """An owner of the whole unit."""
    CIO = "cio"
    CISO = "ciso"
    RECORDS = "records"
    AUDITOR = "auditor"
    LISTED = "listed"
    """Somebody with a role: everybody reads what makes the roster."""


_ROLES = {Role.CIO: Ground.CIO, Role.CISO: Ground.CISO, Role.RECORDS: Ground.RECORDS, Role.AUDITOR: Ground.AUDITOR}


@dataclass(frozen=True, slots=True)
class CaseReader:
    """Somebody who may read; ``keys`` are the fingerprints of the certificates they can be given access with."""

    person: str
    grounds: tuple[Ground, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that a note which counts tells of: who ``began`` it, whom it was handed to, and the keys it is used instead of.

    ``givers`` says who handed it to a reader (certificate): of several the author of the note that is first by its id.
    """

    tag: str
    began: str
    readers: frozenset[str]
    follows: frozenset[str]
    givers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Access:
    """``readers`` may read, by person id. ``given`` are the keys by tag. ``usable`` are the tags of keys that may be written with,
    the one to be used first; ``idle`` are the notes (act ids) of people who do not read it.
    """

    readers: Mapping[str, CaseReader] = field(default_factory=dict)
    given: Mapping[str, GivenKey] = field(default_factory=dict)
    usable: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()

    def without(self, tag: str) -> tuple[str, ...]:
        """Certificates of readers that a key was not handed to yet, in order."""
        has = self.given[tag].readers if tag in self.given else frozenset()
        return tuple(sorted({key for reader in self.readers.values() for key in reader.keys} - has))

    @property
    def keyless(self) -> tuple[str, ...]:
        """Who may read, and has no key to be given access with."""
        return tuple(person for person, reader in self.readers.items() if not reader.keys)


def access_to_case(state: CaseState, rosters: RosterHistory) -> Access:
    """Who reads a use case, and with which keys."""
    notes = [event for event in state.events if isinstance(event.body, AccessBody)]
    counts = {event.act.id for event in notes if event.judgement.force is Force.NOTE}
    said = ((event.act, event.body) for event in notes if isinstance(event.body, AccessBody))
    return _access(said, _readers(state, rosters), lambda act: act.id in counts)


def access_to_organisation(notes: Iterable[tuple[Act, AccessBody]], rosters: RosterHistory) -> Access:
    """The same of what makes the organisation: everybody with a role reads it."""
    newest = rosters.newest
    grounds = {
        person.id: {Ground.LISTED}
        for person in (newest.people if newest else ())
        if all(_has_role(listed.roster.person(person.id)) for listed in rosters.in_force)
    }
    return _access(notes, _with_keys(grounds, rosters), lambda act: rosters.listed(act.person, act.signer))


def _access(
    notes: Iterable[tuple[Act, AccessBody]], readers: Mapping[str, CaseReader], counts: Callable[[Act], bool]
) -> Access:
    given: dict[str, GivenKey] = {}
    idle = []
    for act, body in sorted(notes, key=lambda note: note[0].id):
        if act.person not in readers or not counts(act):
            idle.append(act.id)
            continue
        known = given.get(body.key)
        given[body.key] = GivenKey(
            body.key,
            known.began if known else act.person,
            frozenset(body.readers).union(known.readers if known else ()),
            frozenset(body.follows).union(known.follows if known else ()),
            {**dict.fromkeys(body.readers, act.person), **(known.givers if known else {})},
        )
    allowed = {key for reader in readers.values() for key in reader.keys}
    fit = {tag for tag, item in given.items() if item.readers <= allowed}
    followed = {before for tag in fit for before in given[tag].follows}
    return Access(readers, given, tuple(sorted(fit, key=lambda tag: (tag in followed, tag))), tuple(idle))


def _readers(state: CaseState, rosters: RosterHistory) -> Mapping[str, CaseReader]:
    newest = rosters.newest
    unit = state.current.body.unit if state.current else ""
    grounds: dict[str, set[Ground]] = {}

    def read(person: str, ground: Ground) -> None:
        grounds.setdefault(person, set()).add(ground)

    for role, ground in _ROLES.items():
        for person in rosters.holders(role, unit=unit, case=state.case):
            read(person, ground)
    for one in newest.holders(Role.OWNER) if newest and unit else ():
        if all((entry := listed.roster.person(one.id)) and _owns(entry, unit) for listed in rosters.in_force):
            read(one.id, Ground.UNIT)
    owner = state.current.owner if state.current else ""
    successors = newest.holders(Role.OWNER) if newest else ()
    theirs = {one.id for one in successors if rosters.succeeds(one.id, state.case)} | {owner, *state.passed.claimants}
    for person in {*state.owners, *theirs} - {""}:
        # Who has left reads nothing new, whatever was theirs.
        if rosters.founded and all(_has_role(listed.roster.person(person)) for listed in rosters.in_force):
            read(person, Ground.OWNER if person in theirs else Ground.SUBMITTER)
    return _with_keys(grounds, rosters)


def _with_keys(grounds: Mapping[str, Iterable[Ground]], rosters: RosterHistory) -> Mapping[str, CaseReader]:
    return {
        person: CaseReader(person, tuple(sorted(why)), _reader_keys(person, rosters))
        for person, why in sorted(grounds.items())
    }


def _reader_keys(person: str, rosters: RosterHistory) -> frozenset[str]:
    """The certificates that every roster in force lists for decrypting, and that are neither ended nor cut off."""
    found = []
    for listed in rosters.in_force:
        entry = listed.roster.person(person)
        certificates = entry.certificates if entry else ()
        found.append({
            item.sha256
            for item in certificates
            if item.use == Use.DECRYPT and item.period.open and item.sha256 not in listed.roster.cutoffs
        })  # fmt: skip
    return frozenset(set.intersection(*found)) if found else frozenset()


def _has_role(person: Person | None) -> bool:
    return person is not None and any(grant.period.open and not grant.void for grant in person.grants)


def _owns(person: Person, unit: str) -> bool:
    return any(grant.role is Role.OWNER and grant.period.open and grant.scope == unit for grant in person.grants)
