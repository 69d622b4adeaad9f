"""How roster versions follow each other, and what right an act has under them.

The rules are those TUF gives its root role, with two additions for organisations that work apart:

1. Version 1 is the organisation: its act id is the organisation's id. It counts when every administrator it lists has
   endorsed it, and it lists at least two.
2. Version N+1 counts when a majority of the administrators of N and a majority of those of N+1 endorsed it, it follows
   exactly the version in force, and it takes nobody and no certificate out.
3. Two versions N+1 that both count are **rivals**: a right must then hold in both, and nothing new can be approved
   until an N+2 names both and is endorsed by majorities of N+2 and of each rival.
4. A right is judged by the roster the act names, within the horizon (``Period.end``) and the cut-offs of the newest.

Everything here is a function of the set of acts; the order in which they arrived does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intake.domain.acts import Act, Kind
from intake.domain.bodies import endorse
from intake.domain.refusals import Refusal
from intake.domain.rights import ANYWHERE, Covered, Right, Strength, cut, under_named, under_newest, weakest
from intake.domain.roster import GrantKey, Person, Role, Roster, read_roster


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who has signed something that several must sign, and who is missing. Ids of people."""

    signed: frozenset[str]
    missing: frozenset[str]

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Listed:
    """A roster version with the act that carries it."""

    id: str
    roster: Roster
    author: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A version that does not count yet, and whose endorsement it still needs (``missing`` lists whose could help)."""

    listed: Listed
    agreement: Agreement
    problem: str


@dataclass(frozen=True, slots=True)
class RosterHistory:
    """``chain`` holds every version that counts, ``in_force`` the newest: one, or the rivals."""

    org: str
    chain: Mapping[str, Listed] = field(default_factory=dict)
    in_force: tuple[Listed, ...] = ()
    pending: tuple[Pending, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def founded(self) -> bool:
        return bool(self.in_force)

    @property
    def rivals(self) -> bool:
        return len(self.in_force) > 1

    @property
    def newest(self) -> Roster | None:
        """The roster in force; of rivals the first by act id, for display only."""
        return self.in_force[0].roster if self.in_force else None

    def person(self, person_id: str) -> Person | None:
        """The newest entry of a person, for display."""
        return next((found for listed in self.in_force if (found := listed.roster.person(person_id))), None)

    def name(self, person_id: str) -> str:
        found = self.person(person_id)
        return found.name if found else person_id

    def holds(self, person_id: str, role: Role, *, unit: str = "", case: str = "") -> bool:
        """Whether the person holds the role now, in every roster in force."""
        return self.founded and all(
            (found := listed.roster.person(person_id)) is not None
            and any(grant.role is role and grant.period.open and grant.covers(unit, case) for grant in found.grants)
            for listed in self.in_force
        )

    def listed(self, person_id: str, certificate: str) -> bool:
        """Whether the person may sign anything with this certificate now."""
        return self.founded and all(
            (found := listed.roster.person(person_id)) is not None
            and (item := found.certificate(certificate)) is not None
            and item.period.open
            for listed in self.in_force
        )

    def right(self, act: Act, roles: frozenset[Role], covered: Covered, *, scopes: frozenset[str] = ANYWHERE) -> Right:
        """What ``act`` may do as one of ``roles`` (empty: as anyone listed) granted for one of ``scopes``, by rule 4.

        ``covered`` answers for the checkpoints that rosters name as horizons and cut-offs.
        """
        if act.org != self.org:
            return Right(Strength.NONE, "it belongs to another organisation")
        named = self.chain.get(act.roster)
        if named is None:
            # Withholding a roster must not silence an objection of somebody whose right nobody doubts (rule R2).
            now = [self._now(listed, act, roles, scopes, None, covered) for listed in self.in_force]
            sure = bool(now) and all(right.strength is Strength.FULL for right in now)
            return Right(Strength.WAITS, "the roster it names is not here or does not count", act.roster, sure)
        found = under_named(named.roster, act, roles, scopes, covered)
        if isinstance(found, Right):
            return found
        rights = []
        for listed in self.in_force:
            rival = listed.id != named.id and listed.roster.version == named.roster.version
            # A rival has no history in common with the roster the act names: there only role and scope can be compared.
            rights.append(self._now(listed, act, roles, scopes, None if rival else found, covered))
        return weakest(rights)

    @staticmethod
    def _now(
        listed: Listed,
        act: Act,
        roles: frozenset[Role],
        scopes: frozenset[str],
        keys: frozenset[GrantKey] | None,
        covered: Covered,
    ) -> Right:
        left = under_newest(listed.roster, act, roles, scopes, keys, covered)
        stopped = cut(listed.roster, act, covered)
        return weakest([left, stopped]) if stopped else left

    def cut_off(self, act: Act, covered: Covered) -> bool:
        """Whether the key of ``act`` was cut off below it, so that it counts for nothing at all."""
        cuts = (cut(listed.roster, act, covered) for listed in self.in_force)
        return any(found is not None and found.strength is Strength.NONE for found in cuts)

    def succeeded(self, earlier: Act, later: Act, role: Role, scopes: frozenset[str]) -> bool:
        """Whether the author of ``earlier`` had left the office by the roster ``later`` was written under.

        Judged by the rosters the acts name, so that ending or granting a role never changes what older acts replaced.
        """
        before, after = self.chain.get(earlier.roster), self.chain.get(later.roster)
        if before is None or after is None or after.roster.version < before.roster.version:
            return False
        person = after.roster.person(earlier.person)
        return person is not None and not any(
            grant.role is role and grant.scope in scopes and grant.period.open for grant in person.grants
        )


def fold_rosters(org: str, acts: Iterable[Act]) -> RosterHistory:
    """The history that a set of roster and endorsement acts makes, for the organisation whose version 1 is ``org``."""
    every = list(acts)
    endorsements = _endorsements(org, every)
    rosters: dict[str, Listed] = {}
    refused: list[tuple[str, str]] = []
    for act in sorted(every, key=lambda item: item.id):
        if act.kind != Kind.ROSTER or (act.org or act.id) != org:
            continue
        try:
            roster = read_roster(act)
        except Refusal as refusal:
            refused.append((act.id, refusal.what_happened))
            continue
        rosters[act.id] = Listed(act.id, roster, act.person)
    return _chain(org, rosters, endorsements, refused)


def people_touched(before: RosterHistory, after: RosterHistory) -> frozenset[str]:
    """Ids of the people whose acts may now be judged differently; everybody, while rivals come or go.

    Besides these, acts that name a roster which has only now begun or ceased to count are judged anew: ``chain`` tells.
    """
    if before.rivals or after.rivals or not before.founded:
        both = (*before.in_force, *after.in_force)
        return frozenset(person.id for listed in both for person in listed.roster.people)
    touched = set()
    old, new = before.in_force[0].roster, after.in_force[0].roster
    if old.playbooks != new.playbooks:
        # Whether a request may be approved depends on it, whoever signed anything there.
        return frozenset(person.id for person in new.people)
    for person in new.people:
        if old.person(person.id) != person:
            touched.add(person.id)
    for certificate in new.cutoffs.keys() | old.cutoffs.keys():
        if new.cutoffs.get(certificate) != old.cutoffs.get(certificate):
            owner = new.person_of_certificate(certificate)
            if owner:
                touched.add(owner.id)
    return frozenset(touched)


def _chain(
    org: str,
    rosters: Mapping[str, Listed],
    endorsements: Mapping[str, frozenset[tuple[str, str]]],
    refused: list[tuple[str, str]],
) -> RosterHistory:
    chain: dict[str, Listed] = {}
    frontier: tuple[Listed, ...] = ()
    first = rosters.get(org)
    if first is not None and first.roster.version == 1:
        if _endorsers(first.roster, endorsements.get(org, frozenset())) >= first.roster.administrators:
            chain[org] = first
            frontier = (first,)
    while frontier:
        candidates = [
            listed
            for listed in rosters.values()
            if listed.roster.previous == tuple(sorted(item.id for item in frontier))
            and not _problem(listed, frontier, endorsements)
        ]
        if not candidates:
            break
        frontier = tuple(sorted(candidates, key=lambda item: item.id))
        chain.update((listed.id, listed) for listed in frontier)
    pending = tuple(
        Pending(listed, _agreement(listed, frontier, endorsements), _problem(listed, frontier, endorsements))
        for listed in sorted(rosters.values(), key=lambda item: item.id)
        if listed.id not in chain
    )
    return RosterHistory(org, chain, frontier, pending, tuple(refused))


def _problem(
    listed: Listed, frontier: tuple[Listed, ...], endorsements: Mapping[str, frozenset[tuple[str, str]]]
) -> str:
    """Why this version does not follow those in force, or nothing when it does."""
    new = listed.roster
    given = endorsements.get(listed.id, frozenset())
    if not frontier:
        return "" if _endorsers(new, given) >= new.administrators else "not every administrator has endorsed it"
    if new.previous != tuple(sorted(item.id for item in frontier)):
        return "it does not follow the roster in force"
    for before in frontier:
        old = before.roster
        if new.version != old.version + 1:
            return "it skips a version"
        if taken := _taken_out(old, new, frontier):
            return taken
        if not _majority(_endorsers(old, given), old.administrators):
            return "a majority of the administrators before it has not endorsed it"
    if not _majority(_endorsers(new, given), new.administrators):
        return "a majority of its own administrators has not endorsed it"
    return ""


def _taken_out(old: Roster, new: Roster, frontier: tuple[Listed, ...]) -> str:
    """What the new version leaves out or reopens, in words; nothing when it only adds and closes.

    Rivals may have closed the same entry at two checkpoints; the version that settles them keeps one of the two.
    """
    for person in old.people:
        kept = new.person(person.id)
        if kept is None:
            return f"it leaves out {person.id}"
        for certificate in person.certificates:
            again = kept.certificate(certificate.sha256)
            if again is None:
                return f"it leaves out a certificate of {person.id}"
            if certificate.period.end and again.period.end not in _closings(frontier, person.id, certificate.sha256):
                return f"it reopens a closed certificate of {person.id}"
        for grant in person.grants:
            same = next((item for item in kept.grants if item.key == grant.key), None)
            if same is None:
                return f"it leaves out a role of {person.id} instead of ending it"
            if grant.period.end and same.period.end not in _closings(frontier, person.id, grant.key):
                return f"it reopens an ended role of {person.id}"
    for certificate_id in old.cutoffs:
        if certificate_id not in new.cutoffs:
            return "it lifts a cut-off"
    return ""


def _closings(frontier: tuple[Listed, ...], person_id: str, key: str | GrantKey) -> frozenset[str]:
    """The checkpoints at which the versions before it closed this certificate or grant."""
    ends = set()
    for listed in frontier:
        person = listed.roster.person(person_id)
        entries: list[tuple[str | GrantKey, str]] = []
        if person:
            entries += [(item.sha256, item.period.end) for item in person.certificates]
            entries += [(grant.key, grant.period.end) for grant in person.grants]
        ends |= {end for name, end in entries if name == key and end}
    return frozenset(ends)


def _agreement(
    listed: Listed, frontier: tuple[Listed, ...], endorsements: Mapping[str, frozenset[tuple[str, str]]]
) -> Agreement:
    given = endorsements.get(listed.id, frozenset())
    asked = listed.roster.administrators.union(*(before.roster.administrators for before in frontier))
    signed = _endorsers(listed.roster, given).union(*(_endorsers(before.roster, given) for before in frontier))
    return Agreement(signed, asked - signed)


def _endorsements(org: str, acts: Iterable[Act]) -> dict[str, frozenset[tuple[str, str]]]:
    """Roster id to the (person, certificate) pairs that endorsed it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for act in acts:
        if act.kind == Kind.ROSTER_ENDORSE and act.org == org:
            try:
                found.setdefault(endorse(act).roster, set()).add((act.person, act.signer))
            except Refusal:
                continue  # kept in the register, seen in quarantine; it endorses nothing
    return {roster: frozenset(given) for roster, given in found.items()}


def _endorsers(roster: Roster, given: frozenset[tuple[str, str]]) -> frozenset[str]:
    """The administrators of ``roster`` among those who endorsed, each with a certificate it lists as open."""
    signed = set()
    for person_id, certificate in given:
        person = roster.person(person_id)
        listed = person.certificate(certificate) if person else None
        if person and person.holds(Role.ADMINISTRATOR) and listed and listed.period.open:
            signed.add(person_id)
    return frozenset(signed)


def _majority(signed: frozenset[str], of: frozenset[str]) -> bool:
    return 2 * len(signed & of) > len(of)


def endorses(listed: Listed, before: Iterable[Listed], act: Act) -> bool:
    """Whether the signer of an endorsement is somebody it helps to have: an administrator of the version or before it."""
    given = frozenset({(act.person, act.signer)})
    return any(_endorsers(item.roster, given) for item in (listed, *before))
