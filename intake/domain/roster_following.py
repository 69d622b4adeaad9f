"""Whether a roster version may follow those before it: what it keeps, and who has endorsed it.

Which of several versions that may follow is in force is told in ``roster_rivals``; ``roster_history`` puts them in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from intake.domain.acts import Act, Kind
from intake.domain.bodies import endorse
from intake.domain.refusals import Refusal
from intake.domain.roster import Grant, GrantKey, Person, Role, Roster
from intake.domain.roster_document import RosterDocument

OFFICES = frozenset({Role.CIO, Role.CISO})


@dataclass(frozen=True, slots=True)
class Listed:
    """A roster version with the act that carries it."""

    id: str
    roster: Roster
    author: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who has signed something that several must sign, and who is missing. Ids of people."""

    signed: frozenset[str]
    missing: frozenset[str]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Endorsement:
    """``act`` is the id of the endorsing act, ``certificate`` the fingerprint of the key that signed it."""

    act: str
    person: str
    certificate: str


Given: TypeAlias = frozenset[Endorsement]


def endorsements(org: str, acts: Iterable[Act]) -> dict[str, Given]:
    """Roster id to the endorsements of it, by anybody."""
    found: dict[str, set[Endorsement]] = {}
    for act in acts:
        if act.kind == Kind.ROSTER_ENDORSE and act.org == org:
            try:
                found.setdefault(endorse(act).roster, set()).add(Endorsement(act.id, act.person, act.signer))
            except Refusal:
                continue  # kept in the register, seen in quarantine; it endorses nothing
    return {roster: frozenset(given) for roster, given in found.items()}


def founds(new: Roster, given: Given) -> bool:
    """Whether a version 1 counts: every administrator it lists has endorsed it."""
    return new.version == 1 and _endorsers(new, given) >= new.administrators


def places(new: Roster | RosterDocument, before: Mapping[str, Listed], needed: frozenset[str]) -> str:
    """Why a version does not stand at the place after ``before``, whoever it lists; nothing when it does."""
    if not needed <= set(new.previous) <= before.keys():
        return "it does not follow the roster in force"
    if any(new.version != before[name].roster.version + 1 for name in new.previous):
        return "it skips a version"
    return ""


def problem(listed: Listed, before: Mapping[str, Listed], needed: frozenset[str], given: Given) -> str:
    """Why this version does not follow, in words; nothing when it does.

    ``before`` are all versions that count at the place before it, ``needed`` the ids of those in force there: it names
    each of these, and may name late ones as well.
    """
    new = listed.roster
    if not before:
        return "" if founds(new, given) else "not every administrator has endorsed it"
    if misplaced := places(new, before, needed):
        return misplaced
    named = tuple(before[name] for name in new.previous)
    for older in named:
        if taken := _taken_out(older.roster, new, named):
            return taken
    return not_endorsed(listed, named, given)


def gaining(new: Roster, named: Iterable[Roster]) -> frozenset[str]:
    """Who holds an office by this version that none of those it names gave them, at least not for as much."""
    before = tuple(named)
    return frozenset(
        person.id
        for person in new.people.besides(*(old.people for old in before))
        for grant in person.grants
        if grant.role in OFFICES and grant.period.open and not any(_held(old, person.id, grant) for old in before)
    )


def agreement(listed: Listed, frontier: tuple[Listed, ...], given: Given) -> Agreement:
    """Who has endorsed a version that waits, and whose endorsement could still help."""
    asked = listed.roster.administrators.union(*(before.roster.administrators for before in frontier))
    asked -= gaining(listed.roster, (before.roster for before in frontier)) if frontier else frozenset()
    signed = _endorsers(listed.roster, given).union(*(_endorsers(before.roster, given) for before in frontier))
    return Agreement(signed, asked - signed)


def endorses(listed: Listed, before: Iterable[Listed], act: Act) -> bool:
    """Whether the signer of an endorsement is somebody it helps to have: an administrator of the version or before it."""
    given = frozenset({Endorsement(act.id, act.person, act.signer)})
    return any(_endorsers(item.roster, given) for item in (listed, *before))


def not_endorsed(listed: Listed, named: tuple[Listed, ...], given: Given) -> str:
    """Whose endorsement a version lacks that follows those ``named``, in words; nothing when it has enough.

    Nobody has a say in what gives an office to themselves.
    """
    new = listed.roster
    gain = gaining(new, (older.roster for older in named))
    if listed.author in gain:
        for roster in (*(older.roster for older in named), new):
            if not roster.administrators - gain <= _endorsers(roster, given):
                return "who wrote it gains an office by it, so every other administrator must endorse it"
    other, why = ("other ", ", and who gains an office by it has no say") if gain else ("", "")
    for older in named:
        if not _majority(_endorsers(older.roster, given), older.roster.administrators - gain):
            return f"a majority of the {other}administrators before it has not endorsed it{why}"
    if not _majority(_endorsers(new, given), new.administrators - gain):
        return f"a majority of its {other or 'own '}administrators has not endorsed it{why}"
    return ""


def _held(roster: Roster, person_id: str, wanted: Grant) -> bool:
    person = roster.person(person_id)
    return person is not None and any(
        grant.role is wanted.role and grant.period.open and grant.scope in ("", wanted.scope) for grant in person.grants
    )


def _taken_out(old: Roster, new: Roster, named: tuple[Listed, ...]) -> str:
    """What the new version leaves out or reopens, in words; nothing when it only adds and closes.

    Rivals may have closed the same entry at two checkpoints; the version that settles them keeps one of the two.
    """
    for person in old.people.besides(new.people):
        kept = new.person(person.id)
        if kept is None:
            return f"it leaves out {person.id}"
        if taken := _closed_again(person, kept, named):
            return taken
    for certificate_id in old.cutoffs:
        if certificate_id not in new.cutoffs:
            return "it lifts a cut-off"
    return _judged_otherwise(old, new, named)


def _judged_otherwise(old: Roster, new: Roster, named: tuple[Listed, ...]) -> str:
    """Whether a playbook is left out or gets another engine: what was filed by it would be assessed otherwise."""
    for before in old.playbooks:
        after = new.playbook(before.sha256)
        if after is None:
            return f"it leaves out the playbook {before.sha256[:16]}"
        # Rivals may have given it two engines; the version that settles them keeps one of the two.
        if all(listed.roster.playbook(before.sha256) != after for listed in named):
            return f"it judges by the playbook {before.sha256[:16]} with another engine"
    return ""


def _closed_again(person: Person, kept: Person, named: tuple[Listed, ...]) -> str:
    for certificate in person.certificates:
        again = kept.certificate(certificate.sha256)
        if again is None:
            return f"it leaves out a certificate of {person.id}"
        if again.use not in _uses(named, person.id, certificate.sha256):
            return f"it changes what a certificate of {person.id} is for"
        if certificate.period.end and again.period.end not in _closings(named, person.id, certificate.sha256):
            return f"it reopens a closed certificate of {person.id}"
    for grant in person.grants:
        same = next((item for item in kept.grants if item.key == grant.key), None)
        if same is None:
            return f"it leaves out a role of {person.id} instead of ending it"
        if grant.period.end and same.period.end not in _closings(named, person.id, grant.key):
            return f"it reopens an ended role of {person.id}"
    return ""


def _closings(named: tuple[Listed, ...], person_id: str, key: str | GrantKey) -> frozenset[str]:
    """The checkpoints at which the versions before it closed this certificate or grant."""
    ends = set()
    for listed in named:
        person = listed.roster.person(person_id)
        entries: list[tuple[str | GrantKey, str]] = []
        if person:
            entries += [(item.sha256, item.period.end) for item in person.certificates]
            entries += [(grant.key, grant.period.end) for grant in person.grants]
        ends |= {end for name, end in entries if name == key and end}
    return frozenset(ends)


def _uses(named: tuple[Listed, ...], person_id: str, sha256: str) -> frozenset[str]:
    """What the versions before it list this certificate for; rivals may differ, and who settles them keeps one."""
    people = (listed.roster.person(person_id) for listed in named)
    found = (person.certificate(sha256) for person in people if person)
    return frozenset(certificate.use for certificate in found if certificate)


def _endorsers(roster: Roster, given: Given) -> frozenset[str]:
    """The administrators of ``roster`` among those who endorsed, each with a certificate it lists as open."""
    signed = set()
    for item in given:
        person = roster.person(item.person)
        listed = person.certificate(item.certificate) if person else None
        if person and person.holds(Role.ADMINISTRATOR) and listed and listed.period.open and listed.signs:
            signed.add(item.person)
    return frozenset(signed)


def _majority(signed: frozenset[str], of: frozenset[str]) -> bool:
    return 2 * len(signed & of) > len(of)
