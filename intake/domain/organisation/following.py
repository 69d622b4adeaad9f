"""Whether a roster version may follow those before it: what it keeps, and who has endorsed it.

Which of several versions that may follow is in force is told in ``rivals``; ``history`` puts them in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENDORSE
from intake.domain.acts.kinds.roster import RosterBody
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.organisation.gaining import gaining, keys, with_new_keys, with_several_new_keys
from intake.domain.organisation.roster import GrantKey, ListedCertificate, Person, Roster


@dataclass(frozen=True, slots=True)
class Listed:
    """A roster version with the act that carries it. ``signed`` is the day its author claims."""

    id: str
    roster: Roster
    author: str
    signed: date = date.min


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

_SKIPS = Wording("SkipsVersion", "it skips a version")
_ELSEWHERE = Wording("FollowsNothingInForce", "it does not follow the roster in force")
_UNFOUNDED = Wording("RosterNotFounded", "not every administrator has endorsed it")
_FEW_FREE = Wording(
    "TooFewToEndorse",
    "no more than {free} of {every} administrators can endorse it without gaining an office by it, and a majority of all "
    "must: list more administrators first",
)
_AUTHOR_GAINS = Wording("AuthorGains", "its author gains an office by it, so every other administrator must endorse it")
_FEW_BEFORE = Wording("NoMajorityBefore", "a majority of the administrators before it has not endorsed it")
_FEW_BEFORE_FREE = Wording(
    "NoMajorityBeforeWithoutGainers",
    "a majority of the administrators before it has not endorsed it, and people who gain an office by it do not count",
)
_FEW_OWN = Wording("NoMajorityOfItsOwn", "a majority of its own administrators has not endorsed it")
_FEW_OWN_FREE = Wording(
    "NoMajorityOfItsOwnWithoutGainers",
    "a majority of its own administrators has not endorsed it, and people who gain an office by it do not count",
)
_NO_CONSENT = Wording(
    "KeyWithoutConsent",
    "it gives a new key, or more time for one, to {person}, who has not endorsed it with the key listed before",
)
_NO_KEY_LEFT = Wording(
    "KeyForKeyless",
    "it gives a new key, or more time for one, to {person}, who has no key left, so every other administrator must "
    "endorse it",
)
_SEVERAL_KEYS = Wording("SeveralNewKeys", "it gives {person} more than one new key at once")
_PERSON_OUT = Wording("LeavesOutPerson", "it leaves out {person}")
_CUTOFF_LIFTED = Wording("LiftsCutOff", "it lifts a cut-off")
_CUTOFF_MOVED = Wording("MovesCutOff", "it moves a cut-off to another checkpoint")
_PLAYBOOK_OUT = Wording("LeavesOutPlaybook", "it leaves out the playbook {playbook}")
_ENGINE_CHANGED = Wording("ChangesEngine", "it judges by the playbook {playbook} with another engine")
_KEY_OUT = Wording("LeavesOutCertificate", "it leaves out a certificate of {person}")
_USE_CHANGED = Wording("ChangesUse", "it changes what a certificate of {person} is for")
_KEY_REOPENED = Wording("ReopensCertificate", "it reopens a closed certificate of {person}")
_ROLE_OUT = Wording("LeavesOutRole", "it leaves out a role of {person} instead of ending it")
_ROLE_REOPENED = Wording("ReopensRole", "it reopens an ended role of {person}")


def endorsements(org: str, acts: Iterable[Act]) -> dict[str, Given]:
    """Roster id to the endorsements of it, by anybody."""
    found: dict[str, set[Endorsement]] = {}
    for act in acts:
        if act.kind == ENDORSE.name and act.org == org:
            try:
                found.setdefault(ENDORSE.read(act).roster, set()).add(Endorsement(act.id, act.person, act.signer))
            except Refusal:
                continue  # kept in the register, seen in quarantine; it endorses nothing
    return {roster: frozenset(given) for roster, given in found.items()}


def founds(new: Roster, given: Given) -> bool:
    """Whether a version 1 counts: every administrator it lists has endorsed it, and nobody has two keys in it."""
    return new.version == 1 and not several_keys(new, ()) and endorsers(new, given) >= new.administrators


def several_keys(new: Roster, named: Iterable[Listed]) -> Reason | None:
    """Whether a version gives somebody more than one key to sign with, which none before it lists."""
    person = with_several_new_keys(new, (older.roster for older in named))
    return _SEVERAL_KEYS(person=person) if person else None


def places(new: Roster | RosterBody, before: Mapping[str, Listed], needed: frozenset[str]) -> Reason | None:
    """Why a version does not belong at the place after ``before``, no matter whom it lists; None when it does."""
    if not needed <= set(new.previous) <= before.keys():
        return _ELSEWHERE()
    if any(new.version != before[name].roster.version + 1 for name in new.previous):
        return _SKIPS()
    return None


def problem(listed: Listed, before: Mapping[str, Listed], needed: frozenset[str], given: Given) -> Reason | None:
    """Why this version does not follow; None when it does.

    ``before`` are all versions that count at the place before it, ``needed`` the ids of those in force there: it names
    each of these, and may name late ones as well.
    """
    new = listed.roster
    if not before:
        return None if founds(new, given) else several_keys(new, ()) or _UNFOUNDED()
    if misplaced := places(new, before, needed):
        return misplaced
    named = tuple(before[name] for name in new.previous)
    return taken_out(new, named) or several_keys(new, named) or not_endorsed(listed, named, given)


def hopeless(new: Roster, named: tuple[Listed, ...]) -> Reason | None:
    """Why this version can never follow those ``named``, no matter who endorses it; None when it still can."""
    if any(new.version != older.roster.version + 1 for older in named):
        return _SKIPS()
    return taken_out(new, named) or several_keys(new, named) or too_few(new, named)


def too_few(new: Roster, named: Iterable[Listed]) -> Reason | None:
    """Whether too few administrators gain nothing by a version for it ever to have a majority."""
    before = tuple(older.roster for older in named)
    gain = gaining(new, before) if before else frozenset()
    for roster in (*before, new) if gain else ():
        free, every = len(roster.administrators - gain), len(roster.administrators)
        if 2 * free <= every:
            return _FEW_FREE(free=free, every=every)
    return None


def majorities(before: Iterable[Roster], given: Given) -> bool:
    """Whether a majority of the administrators of each version before it endorsed a version: all that can be told of it
    while its people are not here. The other conditions (``not_endorsed``) rest on whom it lists.
    """
    return all(_majority(endorsers(roster, given), roster.administrators) for roster in before)


def agreement(listed: Listed, frontier: tuple[Listed, ...], given: Given) -> Agreement:
    """Who has endorsed a version that waits, and whose endorsement could still help."""
    before = tuple(item.roster for item in frontier)
    asked = listed.roster.administrators.union(*(roster.administrators for roster in before))
    signed = endorsers(listed.roster, given).union(*(endorsers(roster, given) for roster in before))
    if before:
        asked -= gaining(listed.roster, before)
        renewed = with_new_keys(listed.roster, before)
        asked |= {name for name in renewed if any(keys(roster, name) for roster in before)}
        signed |= {name for name in renewed if _by_own_key(name, before, given)}
    return Agreement(signed, asked - signed)


def administers(roster: Roster, act: Act) -> bool:
    """Whether the signer of an endorsement is an administrator of this version with the key that signed it."""
    return bool(endorsers(roster, frozenset({Endorsement(act.id, act.person, act.signer)})))


def renews(new: Roster, before: Iterable[Roster], act: Act) -> bool:
    """Whether an endorsement is the consent of somebody trusted to a new key in their own entry."""
    older = tuple(before)
    given = frozenset({Endorsement(act.id, act.person, act.signer)})
    return bool(older) and act.person in with_new_keys(new, older) and _by_own_key(act.person, older, given)


def not_endorsed(listed: Listed, named: tuple[Listed, ...], given: Given) -> Reason | None:
    """Whose endorsement a version lacks that follows those ``named``; None when it has enough.

    Nobody has a say in what gives an office to themselves; they are counted among those of whom a majority is needed.
    Otherwise one administrator could give the others an office they did not ask for, and be the majority of who is left.
    """
    new = listed.roster
    before = tuple(older.roster for older in named)
    gain = gaining(new, before)
    if short := too_few(new, named):
        return short
    if listed.author in gain:
        for roster in (*before, new):
            if not roster.administrators - gain <= endorsers(roster, given):
                return _AUTHOR_GAINS()
    for roster in before:
        if not _majority(endorsers(roster, given) - gain, roster.administrators):
            return _FEW_BEFORE_FREE() if gain else _FEW_BEFORE()
    if not _majority(endorsers(new, given) - gain, new.administrators):
        return _FEW_OWN_FREE() if gain else _FEW_OWN()
    return _keys_of_others(new, before, gain, given)


def _keys_of_others(new: Roster, before: tuple[Roster, ...], gain: frozenset[str], given: Given) -> Reason | None:
    """Whose consent a new key of somebody trusted needs: their own, or when they have no key left everybody else's."""
    for name in sorted(with_new_keys(new, before)):
        if _by_own_key(name, before, given):
            continue
        if any(keys(roster, name) & keys(new, name) for roster in before):
            return _NO_CONSENT(person=name)
        if not all(roster.administrators - gain - {name} <= endorsers(roster, given) for roster in before):
            return _NO_KEY_LEFT(person=name)
    return None


def _by_own_key(name: str, before: Iterable[Roster], given: Given) -> bool:
    """Whether this person endorsed it with a key that every version before it which lists them has as open."""
    mine = frozenset(item.certificate for item in given if item.person == name)
    return all(keys(roster, name) & mine for roster in before if roster.person(name))


def taken_out(new: Roster, named: tuple[Listed, ...]) -> Reason | None:
    """What the new version leaves out or reopens; None when it only adds and closes."""
    return next((taken for older in named if (taken := _taken_out(older.roster, new, named))), None)


def _taken_out(old: Roster, new: Roster, named: tuple[Listed, ...]) -> Reason | None:
    """Rivals may have closed the same entry at two checkpoints; the version that settles them keeps one of the two."""
    for person in old.people.besides(new.people):
        kept = new.person(person.id)
        if kept is None:
            return _PERSON_OUT(person=person.id)
        if taken := _closed_again(person, kept, new, named):
            return taken
    for certificate_id in old.cutoffs:
        if certificate_id not in new.cutoffs:
            return _CUTOFF_LIFTED()
        # Moved to a later checkpoint it would bring back what a stolen key signed; rivals may have set it twice.
        if new.cutoffs[certificate_id] not in {item.roster.cutoffs.get(certificate_id) for item in named}:
            return _CUTOFF_MOVED()
    return _judged_otherwise(old, new, named)


def closings(new: Roster, named: Iterable[Roster]) -> frozenset[str]:
    """The checkpoints at which a version ends or cuts off what those ``named`` do not end or cut off there."""
    before = tuple(named)
    found = set(new.cutoffs.values()).difference(*(old.cutoffs.values() for old in before))
    for person in new.people.besides(*(old.people for old in before)):
        known = (_ends(old.person(person.id)) for old in before)
        found |= _ends(person).difference(*known)
    return frozenset(found)


def _ends(person: Person | None) -> frozenset[str]:
    if person is None:
        return frozenset()
    periods = [item.period for item in person.certificates] + [grant.period for grant in person.grants]
    return frozenset(period.end for period in periods if period.end)


def _judged_otherwise(old: Roster, new: Roster, named: tuple[Listed, ...]) -> Reason | None:
    """Whether a playbook is left out or gets another engine: what was filed by it would be assessed otherwise."""
    for before in old.playbooks:
        after = new.playbook(before.sha256)
        if after is None:
            return _PLAYBOOK_OUT(playbook=before.sha256[:16])
        # Rivals may have given it two engines; the version that settles them keeps one of the two.
        if all(listed.roster.playbook(before.sha256) != after for listed in named):
            return _ENGINE_CHANGED(playbook=before.sha256[:16])
    return None


def _closed_again(person: Person, kept: Person, new: Roster, named: tuple[Listed, ...]) -> Reason | None:
    for certificate in person.certificates:
        again = kept.certificate(certificate.sha256)
        if again is None:
            if _listed_by_a_rival(certificate, new, named):
                continue
            return _KEY_OUT(person=person.id)
        if again.use not in _uses(named, person.id, certificate.sha256):
            return _USE_CHANGED(person=person.id)
        if certificate.period.end and again.period.end not in _closings(named, person.id, certificate.sha256):
            return _KEY_REOPENED(person=person.id)
    for grant in person.grants:
        same = next((item for item in kept.grants if item.key == grant.key), None)
        if same is None:
            return _ROLE_OUT(person=person.id)
        if grant.period.end and same.period.end not in _closings(named, person.id, grant.key):
            return _ROLE_REOPENED(person=person.id)
    return None


def _listed_by_a_rival(certificate: ListedCertificate, new: Roster, named: tuple[Listed, ...]) -> bool:
    """Whether a rival lists the key of a certificate for somebody else, or in another certificate, and that one is kept.

    One key identifies one person: the version that settles them keeps one, and what it leaves out gives no right to
    anybody. What one of them closed or cut off stays so.
    """
    holder = new.people.by_key.get(certificate.key)
    if holder is None:
        return False
    kept = next(item for item in holder.certificates if item.key == certificate.key)
    ended = any(certificate.sha256 in item.roster.cutoffs or _closed(item.roster, certificate.sha256) for item in named)
    if ended and kept.period.open and kept.sha256 not in new.cutoffs:
        return False
    known = (item.roster.person(holder.id) for item in named)
    return any(one is not None and one.certificate(kept.sha256) is not None for one in known)


def _closed(roster: Roster, sha256: str) -> bool:
    person = roster.person_of_certificate(sha256)
    listed = person.certificate(sha256) if person else None
    return listed is not None and not listed.period.open


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
    """What the versions before it list this certificate for; rivals may differ, and the version that settles them keeps one."""
    people = (listed.roster.person(person_id) for listed in named)
    found = (person.certificate(sha256) for person in people if person)
    return frozenset(certificate.use for certificate in found if certificate)


def endorsers(roster: Roster, given: Given) -> frozenset[str]:
    """The administrators of ``roster`` among those who endorsed, each with a certificate it lists as open.

    A key that it cuts off endorses nothing, even where a version forgot to close its certificate.
    """
    signed = set()
    for item in given:
        if item.certificate in roster.cutoffs:
            continue
        person = roster.person(item.person)
        listed = person.certificate(item.certificate) if person else None
        if item.person in roster.administrators and listed and listed.period.open and listed.signs:
            signed.add(item.person)
    return frozenset(signed)


def _majority(signed: frozenset[str], of: frozenset[str]) -> bool:
    return 2 * len(signed & of) > len(of)
