"""Organisations whose administrators and records team come and go, quarrel and collude, at installations far apart.

A ``RosterWorld`` is the acts of an organisation and nothing else. Each move is one that somebody could make with keys
that were listed once: an administrator of a version signs others that follow it, long after it was replaced.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

from intake.domain.acts.envelope import Act
from intake.domain.base import canonical
from intake.domain.organisation.following import Listed
from intake.domain.organisation.reconciling import settling
from intake.domain.organisation.roster import Grant, People, Period, Person, Role, Roster
from tests.domain.world import Site, certificate, person, roster

ADMINISTRATORS = ("bob", "finn", "gita", "hugo")
RECORDS = ("rita", "ralf")
OFFICERS = ("cleo", "dan")
TRUSTED = (*ADMINISTRATORS[:3], *RECORDS, *OFFICERS)
EVERYBODY = (*ADMINISTRATORS, *RECORDS, *OFFICERS, "eve")


class RosterWorld:
    """``site`` has everything, ``far`` is another installation; ``versions`` are all that were ever written."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        first = roster(
            [
                *(person(name, *([Role.ADMINISTRATOR] if name != "hugo" else [])) for name in ADMINISTRATORS),
                *(person(name, *([Role.RECORDS] if name == "rita" else [])) for name in RECORDS),
                person("cleo", Role.CIO),
                person("dan", Role.CISO),
                person("eve"),
            ]
        )
        office = Site("office")
        founded = office.publish(first, "bob", "finn", "gita")
        self.sites = [office, office.fork("far")]
        self.versions: dict[str, Listed] = {founded.id: Listed(founded.id, first, "bob")}

    @property
    def whole(self) -> Site:
        return self.sites[0].fork("reader").take(*self.sites[1:])

    # ---- moves

    def follow(
        self,
        at: int,
        previous: Iterable[str],
        endorsers: Iterable[str],
        people: Iterable[Person] = (),
        newcomers: Iterable[Person] = (),
    ) -> Act:
        """A version that follows these, with some entries changed and some added."""
        merged = settling(self.versions[name] for name in previous)
        changed = {item.id: item for item in people}
        entries = [*(changed.get(item.id, item) for item in merged.people), *newcomers]
        document = replace(
            merged,
            people=People(sorted(entries, key=lambda item: item.id)),
            organisation=f"Sample {len(self.versions)}",
        )
        signers = list(endorsers)
        made = self.sites[at].publish(document, *signers, author=signers[0] if signers else "bob")
        self.versions[made.id] = Listed(made.id, document, "bob")
        return made

    def cut_off(self, at: int, previous: str, endorsers: Iterable[str], victims: Iterable[str]) -> Act:
        """A version that ends these administrators and cuts their keys off, at a checkpoint made by somebody now."""
        site = self.sites[at]
        old = self.versions[previous].roster
        end = site.checkpoint("eve").id
        people = [_closed(item, end) if item.id in set(victims) else item for item in old.people]
        cutoffs = {**old.cutoffs, **{canonical.sha256(certificate(name)): end for name in victims}}
        document = roster(people, version=old.version + 1, previous=[previous], cutoffs=cutoffs)
        signers = list(endorsers)
        made = site.publish(replace(document, organisation=f"Sample {len(self.versions)}"), *signers, author=signers[0])
        self.versions[made.id] = Listed(made.id, document, signers[0])
        return made

    def random_move(self) -> None:
        chance = self.chance
        at = chance.randrange(len(self.sites))
        site = self.sites[at]
        here = [name for name in self.versions if name in site.acts]
        newest = [item.id for item in site.history().in_force]
        match chance.choices(
            ["follow", "follow an old one", "cut off", "name several", "checkpoint", "meet", "endorse"],
            [24, 14, 10, 4, 30, 14, 8],
        )[0]:
            case "follow" if newest:
                self._random_version(at, newest)
            case "follow an old one":
                self._random_version(at, [chance.choice(here)])
            case "cut off":
                old = self.versions[chance.choice(here)]
                victims = chance.sample(sorted(old.roster.administrators), k=1)
                left = sorted(old.roster.administrators - set(victims))
                if len(left) > 1:
                    self.cut_off(at, old.id, left, victims)
            case "name several":
                version = self.versions[chance.choice(here)].roster.version
                same = [name for name in here if self.versions[name].roster.version == version]
                self._random_version(at, chance.sample(same, k=min(len(same), 2)))
            case "checkpoint":
                without = chance.sample(here, k=1) if chance.random() < 0.3 else ()
                made = site.checkpoint(chance.choice([*RECORDS, *RECORDS, "bob"]), without=without)
                if chance.random() < 0.1:
                    del site.blobs[str(made.body["heads"]["sha256"])]  # type: ignore[call-overload, index]
            case "meet":
                site.take(self.sites[1 - at])
            case "endorse":
                site.endorse(chance.choice([*ADMINISTRATORS, *OFFICERS]), site.acts[chance.choice(here)])
            case _:
                pass

    def _random_version(self, at: int, previous: list[str]) -> None:
        chance = self.chance
        old = settling(self.versions[name] for name in previous)
        changed = []
        if chance.random() < 0.3:
            name = chance.choice(RECORDS)
            changed.append(_toggled(old.person(name), Role.RECORDS, old.version))
        if chance.random() < 0.3:
            gains = chance.sample(ADMINISTRATORS, k=chance.choice([1, 1, 2]))
            changed += [self._promoted(old, name) for name in gains]
        able = sorted(old.administrators)
        count = chance.choice([1, 2, 2, 2, 3])
        endorsers = chance.sample(able, k=min(count, len(able)))
        if chance.random() < 0.2:
            # One change for each entry: the last of two would undo the first.
            trusted = chance.choice([name for name in TRUSTED if name not in {item.id for item in changed}])
            changed.append(_with_key(old.person(trusted), old.version, lost=chance.random() < 0.4))
            if chance.random() < 0.2:
                changed[-1] = _with_key(changed[-1], 100 + old.version, lost=False)
            endorsers += [trusted] if chance.random() < 0.5 else []
        if chance.random() < 0.2:
            trusted = chance.choice([name for name in TRUSTED if name not in {item.id for item in changed}])
            changed.append(_lasting(old.person(trusted), chance.choice([None, 2041, 2042])))
            endorsers += [trusted] if chance.random() < 0.5 else []
        newcomers = []
        if chance.random() < 0.3:
            # One key that versions apart from each other list for one or for the other, who may have an office by it.
            roles = chance.choice([(), (Role.OWNER,), (Role.RECORDS,)])
            newcomer = replace(person(chance.choice(["key1", "key2"]), *roles), id=chance.choice(["kim", "lou"]))
            key = newcomer.certificates[0].key
            newcomers += [newcomer] if newcomer.id not in old.people.by_id and key not in old.people.by_key else []
        self.follow(at, previous, endorsers, changed, newcomers)

    def _promoted(self, old: Roster, name: str) -> Person:
        """With an office more, or one that lasts longer, or is for less."""
        chance = self.chance
        entry = old.person(name)
        assert entry is not None
        since = entry.certificates[0].period.since.replace(year=2040 + old.version)
        until = chance.choice([None, since, since.replace(month=2)])
        grant = Grant(
            chance.choice([Role.CIO, Role.CISO]), chance.choice(["", "Unit"]), False, Period(since, until, "")
        )
        return replace(entry, grants=tuple(sorted((*entry.grants, grant), key=lambda item: item.key)))


def random_rosters(seed: int, moves: int = 14) -> RosterWorld:
    """The same seed gives the same history."""
    world = RosterWorld(Random(seed))
    for _ in range(world.chance.randint(3, moves)):
        world.random_move()
    return world


def _closed(entry: Person, end: str) -> Person:
    return replace(
        entry,
        certificates=tuple(
            replace(item, period=replace(item.period, end=item.period.end or end)) for item in entry.certificates
        ),
        grants=tuple(replace(item, period=replace(item.period, end=item.period.end or end)) for item in entry.grants),
    )


def _with_key(entry: Person | None, version: int, *, lost: bool) -> Person:
    """With a key more; the ones before it are closed when they are ``lost``."""
    assert entry is not None
    before = _closed(entry, "7" * 64).certificates if lost else entry.certificates
    (added,) = person(f"{entry.id}{version}").certificates
    known = {item.sha256: item for item in (added, *before)}
    return replace(entry, certificates=tuple(known[name] for name in sorted(known)))


def _lasting(entry: Person | None, year: int | None) -> Person:
    """With another last day for each key that is open, or none."""
    assert entry is not None
    until = date(year, 1, 1) if year else None
    keys = (
        replace(item, period=replace(item.period, until=until)) if item.period.open else item
        for item in entry.certificates
    )
    return replace(entry, certificates=tuple(keys))


def _toggled(entry: Person | None, role: Role, version: int) -> Person:
    assert entry is not None
    if entry.holds(role):
        return replace(
            entry,
            grants=tuple(
                replace(item, period=replace(item.period, end="7" * 64)) if item.role is role else item
                for item in entry.grants
            ),
        )
    since = entry.certificates[0].period.since.replace(year=2026 + version)
    again = person(entry.id, role).grants[0]
    return replace(entry, grants=(*entry.grants, replace(again, period=replace(again.period, since=since))))
