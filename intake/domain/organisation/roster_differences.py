"""What a roster version changes against another one: every single thing, so that what is told is what is endorsed.

A version is laid out as entries by place (``_laid_out``), and what two versions do not share is told entry by entry. Whether that is
all is not trusted but tried: the entries told are put into the version before, and the version after must come out. A version of
which it does not is refused, because nobody could be told what they endorse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, cast

from intake.domain.acts.kinds.roster import AcceptedPlaybook, Setting
from intake.domain.base.refusals import Refusal
from intake.domain.organisation.gaining import TRUSTED
from intake.domain.organisation.roster import Grant, ListedCertificate, People, Person, Roster, Use


class RosterUntold(Refusal):
    what = "What roster version {version} changes cannot be told in full."
    why = (
        "An endorsement vouches for everything a version says, so nobody is asked to endorse what they cannot be shown."
    )
    next = "Ask who wrote it to sign a version with this release of Countersign."


class RosterPart(StrEnum):
    """What an entry is, in the order in which it is told: of each person the name, the keys and the roles together."""

    ORGANISATION = "organisation"
    PERSON = "person"
    KEY = "key"
    ROLE = "role"
    CUT_OFF = "cut-off"
    PLAYBOOK = "playbook"
    SETTING = "setting"
    EXPIRES = "expires"


Place: TypeAlias = tuple[str, ...]
"""Which one of a part: a person's id, and of a key its fingerprint, of a role the role, its scope and first day."""

RosterEntry: TypeAlias = Setting | date | AcceptedPlaybook | Person | ListedCertificate | Grant
"""A ``Person`` is the name and unit alone, without keys and roles; those are entries by themselves."""

_OF_PEOPLE = (RosterPart.PERSON, RosterPart.KEY, RosterPart.ROLE)
_ORDER = {part: min(number, 1 if part in _OF_PEOPLE else number) for number, part in enumerate(RosterPart)}
_Laid: TypeAlias = dict[tuple[RosterPart, Place], RosterEntry]


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """One entry that two versions do not share. ``before`` is None for a new one, ``after`` for one that is left out."""

    part: RosterPart
    place: Place
    before: RosterEntry | None
    after: RosterEntry | None


@dataclass(frozen=True, slots=True)
class KeyToCompare:
    """A key whose words are to be compared with the person: nothing but the version itself says whose it is."""

    person: str
    name: str
    fingerprint: str


def roster_differences(before: Roster | None, after: Roster) -> tuple[RosterDifference, ...]:
    """Everything ``after`` says that ``before`` does not; of version 1 (``before`` is None) everything.

    The number of a version and those it names are not told: they say which versions to compare. Raises RosterUntold.
    """
    old = _laid_out(before, before.people.besides(after.people)) if before else {}
    new = _laid_out(after, after.people.besides(*((before.people,) if before else ())))
    places = [place for place in old.keys() | new.keys() if old.get(place) != new.get(place)]
    found = tuple(RosterDifference(*place, old.get(place), new.get(place)) for place in sorted(places, key=_order))
    try:
        made = applied(before, found, version=after.version, previous=after.previous)
    except KeyError:
        raise RosterUntold(version=after.version) from None
    if not _same(made, after):
        raise RosterUntold(version=after.version)
    return found


def applied(
    before: Roster | None, told: Iterable[RosterDifference], *, version: int, previous: tuple[str, ...]
) -> Roster:
    """The version that comes of ``before`` by what is ``told``. Raises KeyError when that makes none.

    The keys and roles of somebody stand in one order (``in_order``); that order gives no right and takes none.
    """
    differences = tuple(told)
    touched = {item.place[0] for item in differences if item.part in _OF_PEOPLE}
    known = before.people if before else People()
    laid = _laid_out(before, (item for item in known if item.id in touched)) if before else {}
    for item in differences:
        if item.after is None:
            del laid[item.part, item.place]
        else:
            laid[item.part, item.place] = item.after
    people = {item.id: item for item in known if item.id not in touched}
    for (part, place), entry in laid.items():
        if part is RosterPart.PERSON:
            people[place[0]] = cast(Person, entry)
    for (part, place), entry in laid.items():
        if part is RosterPart.KEY:
            person = people[place[0]]
            people[person.id] = replace(person, certificates=(*person.certificates, cast(ListedCertificate, entry)))
        elif part is RosterPart.ROLE:
            person = people[place[0]]
            people[person.id] = replace(person, grants=(*person.grants, cast(Grant, entry)))
    every = (in_order(item) if item.id in touched else item for item in people.values())
    return Roster(
        version,
        previous,
        cast(str, laid[RosterPart.ORGANISATION, ()]),
        cast(date, laid[RosterPart.EXPIRES, ()]),
        cast(Mapping[str, Setting], _of_part(laid, RosterPart.SETTING)),
        tuple(cast(AcceptedPlaybook, item) for _, item in sorted(_of_part(laid, RosterPart.PLAYBOOK).items())),
        People(sorted(every, key=lambda item: item.id)),
        cast(Mapping[str, str], _of_part(laid, RosterPart.CUT_OFF)),
    )


def keys_to_compare(after: Roster, named: Iterable[Roster]) -> tuple[KeyToCompare, ...]:
    """The keys of which ``after`` makes more than some version it names did; of version 1 every key.

    A key that one of them does not list for the same person and use; and whatever somebody signs with who becomes trusted by it:
    a key that was put into their entry while nobody cared becomes an office's. A key that only decrypts is vouched for by the one
    that signs: the enrolment proves that both are the same person's.
    """
    before = tuple(named)
    found = []
    for person in after.people.besides(*(old.people for old in before)):
        known = [old.person(person.id) for old in before]
        rises = not known or any(_open_trust(person) - _open_trust(one) for one in known)
        for item in person.certificates:
            new = item.use != Use.DECRYPT and not (known and all(_listed_as(one, item) for one in known))
            if new or (rises and item.signs and item.period.open and item.sha256 not in after.cutoffs):
                found.append(KeyToCompare(person.id, person.name, item.sha256))
    return tuple(found)


def _listed_as(person: Person | None, item: ListedCertificate) -> bool:
    found = person.certificate(item.sha256) if person else None
    return found is not None and found.use == item.use


def _open_trust(person: Person | None) -> frozenset[tuple[str, str]]:
    grants = person.grants if person else ()
    return frozenset((grant.role, grant.scope) for grant in grants if grant.role in TRUSTED and grant.period.open)


def in_order(person: Person) -> Person:
    """The same person with keys and roles in the one order in which two entries can be compared."""
    certificates = tuple(sorted(person.certificates, key=lambda item: item.sha256))
    return replace(person, certificates=certificates, grants=tuple(sorted(person.grants, key=lambda item: item.key)))


def _laid_out(roster: Roster, people: Iterable[Person]) -> _Laid:
    found: _Laid = {
        (RosterPart.ORGANISATION, ()): roster.organisation,
        (RosterPart.EXPIRES, ()): roster.expires,
    }
    for person in people:
        found[RosterPart.PERSON, (person.id,)] = replace(person, certificates=(), grants=())
        for item in person.certificates:
            found[RosterPart.KEY, (person.id, item.sha256)] = item
        for grant in person.grants:
            found[RosterPart.ROLE, (person.id, grant.role, grant.scope, grant.period.since.isoformat())] = grant
    found |= {(RosterPart.CUT_OFF, (name,)): end for name, end in roster.cutoffs.items()}
    found |= {(RosterPart.PLAYBOOK, (item.sha256,)): item for item in roster.playbooks}
    return found | {(RosterPart.SETTING, (name,)): value for name, value in roster.policy.items()}


def _of_part(laid: _Laid, part: RosterPart) -> dict[str, RosterEntry]:
    return {place[0]: entry for (of, place), entry in laid.items() if of is part}


def _order(key: tuple[RosterPart, Place]) -> tuple[int, str, int, Place]:
    part, place = key
    return _ORDER[part], place[0] if place else "", list(RosterPart).index(part), place


def _same(made: Roster, after: Roster) -> bool:
    if len(made.people) != len(after.people) or replace(made, people=after.people) != after:
        return False
    # Who did not change is the same object; of others the order in which keys and roles are written is not compared.
    return all(
        one is other or in_order(one) == in_order(other) for one, other in zip(made.people, after.people, strict=True)
    )
