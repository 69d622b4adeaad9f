"""The version that names all rivals and lists everybody that any of them lists.

Where they differ in an entry, it takes the stricter one: what leaves fewer acts valid. That can be told of last days, and of checkpoints whose
listings are here; of the rest the first by id is taken. ``Difference`` says what the rivals said, for those who sign.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from intake.domain.acts.checkpoint import Heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.roster import AcceptedPlaybook, Setting
from intake.domain.organisation.following import Listed
from intake.domain.organisation.roster import (
    Grant,
    GrantKey,
    ListedCertificate,
    People,
    Period,
    Person,
    Role,
    Roster,
    Use,
)

Reach: TypeAlias = Callable[[str, frozenset[str]], int | None]
"""How many acts that these keys (fingerprints) signed a checkpoint (act id) covers, as far as is known here.

None while its listing is not here."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that rivals say differently of ``person`` (id). ``kept`` is what the version that names them says.

    ``what`` is a role or, for a key, its fingerprint. ``kept`` and ``others`` are checkpoints (act ids) at which it ends;
    for a key that rivals list for several people, the people (ids).
    """

    person: str
    what: str
    kept: str
    others: tuple[str, ...]


def unknown(_checkpoint: str, _keys: frozenset[str]) -> int | None:
    """Of checkpoints of which nothing is known."""
    return None


def reach_by(heads: Callable[[str], Heads | None], acts: Callable[[str], Iterable[Act]]) -> Reach:
    """What checkpoints cover by their listings and the acts of each case (empty: of the organisation)."""

    def reach(checkpoint: str, keys: frozenset[str]) -> int | None:
        listed = heads(checkpoint)
        if listed is None:
            return None
        return sum(
            len(listed.covered(case, {act.id: act for act in acts(case) if act.signer in keys}))
            for case in listed.by_case
        )

    return reach


def settling(rivals: Iterable[Listed], reach: Reach = unknown) -> Roster:
    """The version that follows all of ``rivals``; what one of them closed stays closed."""
    every = sorted(rivals, key=lambda item: item.id)
    people = _each_key_once(_merged(entries, reach) for entries in _entries(every))
    policy: dict[str, Setting] = {}
    for listed in every:
        # Where they differ the first by id is kept, as for the name; those who endorse it see what changes.
        policy = {**listed.roster.policy, **policy}
    base = every[0].roster
    return replace(
        base,
        version=base.version + 1,
        previous=tuple(item.id for item in every),
        expires=min(item.roster.expires for item in every),
        people=People(people),
        cutoffs=_cutoffs(every, people, reach),
        playbooks=playbooks(item for listed in every for item in listed.roster.playbooks),
        policy=policy,
    )


def differences(rivals: Iterable[Listed], settled: Roster) -> tuple[Difference, ...]:
    """What the rivals say differently of keys and roles, in the order of the people."""
    every = sorted(rivals, key=lambda item: item.id)
    found: dict[Difference, None] = {}
    for entries in _entries(every):
        name = entries[0].id
        person = settled.person(name)
        said = [_ends(entry) for entry in entries]
        for what, kept in (_ends(person) if person else {}).items():
            others = {ends[what] for ends in said if ends.get(what)} - {kept}
            if others:
                found[Difference(name, what if isinstance(what, str) else what[0], kept, tuple(sorted(others)))] = None
        for item in {item.sha256: item for entry in entries for item in entry.certificates}.values():
            holder = settled.people.by_key.get(item.key)
            if holder and holder.id != name:
                found[Difference(holder.id, item.sha256, holder.id, (name,))] = None
    for certificate, kept in settled.cutoffs.items():
        others = {item.roster.cutoffs[certificate] for item in every if certificate in item.roster.cutoffs} - {kept}
        owner = settled.person_of_certificate(certificate)
        if owner and others:
            found[Difference(owner.id, certificate, kept, tuple(sorted(others)))] = None
    return tuple(found)


def playbooks(listed: Iterable[AcceptedPlaybook]) -> tuple[AcceptedPlaybook, ...]:
    """In order and free of repeats. Of two engines for one playbook the older stays: more programs know it."""
    found: dict[str, AcceptedPlaybook] = {}
    for item in listed:
        known = found.get(item.sha256)
        if known is None or item.engine < known.engine:
            found[item.sha256] = item
    return tuple(found[name] for name in sorted(found))


def _entries(every: Iterable[Listed]) -> list[list[Person]]:
    """The entries of each person, in the order of their ids; one that several versions share, once."""
    found: dict[str, dict[int, Person]] = {}
    for listed in every:
        for person in listed.roster.people:
            found.setdefault(person.id, {})[id(person)] = person
    return [list(found[name].values()) for name in sorted(found)]


def _merged(entries: list[Person], reach: Reach) -> Person:
    if len(entries) == 1:
        return entries[0]
    keys: dict[str, list[ListedCertificate]] = {}
    grants: dict[GrantKey, list[Grant]] = {}
    for entry in entries:
        for item in entry.certificates:
            keys.setdefault(item.sha256, []).append(item)
        for grant in entry.grants:
            grants.setdefault(grant.key, []).append(grant)
    whole = frozenset(keys)
    return replace(
        entries[0],
        certificates=tuple(_certificate(keys[name], reach) for name in sorted(keys)),
        grants=tuple(
            replace(
                grants[key][0],
                delegable=all(item.delegable for item in grants[key]),
                period=_shortest([item.period for item in grants[key]], whole, reach),
            )
            for key in sorted(grants)
        ),
    )


def _certificate(listed: list[ListedCertificate], reach: Reach) -> ListedCertificate:
    # Of two uses the one that signs less: doubt gives no right.
    use = next((use for use in sorted(item.use for item in listed) if use != Use.SIGN), listed[0].use)
    period = _shortest([item.period for item in listed], frozenset({listed[0].sha256}), reach)
    return replace(listed[0], use=use, period=period)


def _shortest(periods: list[Period], keys: frozenset[str], reach: Reach) -> Period:
    ends = {item.end for item in periods if item.end}
    end = _lowest(ends, keys, reach)
    until = min((item.until for item in periods if item.until), default=None)
    return replace(periods[0], until=until, end=end)


def _lowest(checkpoints: Iterable[str], keys: frozenset[str], reach: Reach) -> str:
    """The checkpoint that leaves the fewest acts of these keys valid; empty for none.

    One below another covers less. One whose listing is not here comes last: it would leave everything undecided.
    """

    def left_valid(name: str) -> tuple[bool, int, str]:
        covered = reach(name, keys)
        return covered is None, covered or 0, name

    several = sorted(checkpoints)
    return min(several, key=left_valid) if len(several) > 1 else "".join(several)


def _cutoffs(every: list[Listed], people: Iterable[Person], reach: Reach) -> dict[str, str]:
    said: dict[str, set[str]] = {}
    for listed in every:
        for certificate, checkpoint in listed.roster.cutoffs.items():
            said.setdefault(certificate, set()).add(checkpoint)
    # The same key under another certificate is cut off as well, wherever it is kept.
    keys = {item.key: item.sha256 for person in people for item in person.certificates}
    for listed in every:
        for certificate, checkpoint in listed.roster.cutoffs.items():
            owner = listed.roster.person_of_certificate(certificate)
            found = owner.certificate(certificate) if owner else None
            if found and (kept := keys.get(found.key, certificate)) != certificate:
                said.setdefault(kept, set()).add(checkpoint)
    return {name: _lowest(said[name], frozenset({name}), reach) for name in sorted(said)}


def _each_key_once(merged: Iterable[Person]) -> list[Person]:
    """Of a key that rivals list for several people, or in several certificates, one is kept.

    The one that signs less, is closed, or belongs to who holds fewer roles; then the first by id. The key of one that is
    left out keeps its end.
    """
    people = {person.id: person for person in merged}
    listed: dict[bytes, list[tuple[Person, ListedCertificate]]] = {}
    for person in people.values():
        for item in person.certificates:
            listed.setdefault(item.key, []).append((person, item))
    for several in (found for found in listed.values() if len(found) > 1):
        several.sort(key=lambda one: (one[1].signs, one[1].period.open, _weight(one[0]), one[0].id, one[1].sha256))
        for owner, certificate in several[1:]:
            entry = people[owner.id]
            kept = tuple(item for item in entry.certificates if item is not certificate)
            people[owner.id] = replace(entry, certificates=kept)
    return list(people.values())


def _weight(person: Person) -> int:
    return len({grant.role for grant in person.grants if grant.period.open and grant.role in list(Role)})


def _ends(person: Person) -> dict[str | GrantKey, str]:
    ends: dict[str | GrantKey, str] = {item.sha256: item.period.end for item in person.certificates}
    return ends | {grant.key: grant.period.end for grant in person.grants}
