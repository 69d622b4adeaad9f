"""The version that names all rivals: it has what leaves less standing, and lists each key once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.organisation.reconciling import Difference, differences, reach_by, settling
from intake.domain.organisation.roster import Grant, Period, Person, Role, Roster
from tests.domain.organisation.test_roster_chain import _three, founded
from tests.domain.world import SINCE, Site, certificate, person, roster

ADMINISTRATORS = ("bob", "finn", "gita")


def key(name: str) -> str:
    return canonical.sha256(certificate(name))


Cuts: TypeAlias = dict[str, str]


def apart(site: Site, one: list[Person], other: list[Person], cutoffs: tuple[Cuts, Cuts] = ({}, {})) -> None:
    """Two versions that follow the same one, each endorsed by two of three."""
    away = site.fork("away")
    before = site.history().in_force[0]
    version = before.roster.version + 1
    site.publish(roster(one, version=version, previous=(before.id,), cutoffs=cutoffs[0]), "bob", "finn")
    document = roster(other, version=version, previous=(before.id,), cutoffs=cutoffs[1])
    away.publish(document, "finn", "gita", author="finn")
    site.take(away)
    assert site.history().rivals


def settled(site: Site) -> Roster:
    """Settle them as the app does."""

    def acts(case: str) -> list[Act]:
        return [act for act in site.acts.values() if act.case_id == case]

    return settling(site.history().in_force, reach_by(site.listings().get, acts))


def publish(site: Site, document: Roster) -> bool:
    """Whether the version counts, endorsed by everybody who administers."""
    made = site.publish(document, *ADMINISTRATORS)
    return [item.id for item in site.history().in_force] == [made.id]


# ------------------------------------------------------------------------------------------ what leaves less standing


@pytest.mark.attack(
    "a rival that ends or cuts off at a later checkpoint", refusal="the version that settles them has the earlier"
)
@pytest.mark.parametrize("how", ["role", "key", "cut off"])
@given(salt=st.integers(0, 1000), swapped=st.booleans())
@pytest.mark.exhaustive
def test_of_two_checkpoints_the_one_below_is_kept(how: str, salt: int, swapped: bool) -> None:
    """Whatever their ids, and those of the rivals."""
    site = founded(*ADMINISTRATORS)
    case = site.revision(title=f"Case {salt}").id
    site.ciso(case)
    below = site.checkpoint("eve")
    approval = site.cio(case)
    above = site.checkpoint("eve")

    def ended(end: str) -> list[Person]:
        entry = person(
            "cleo", Role.CIO, ends={Role.CIO: end} if how == "role" else {}, end="" if how == "role" else end
        )
        return _three(entry, without="cleo")

    ends = (above.id, below.id) if swapped else (below.id, above.id)
    one, other = ({key("cleo"): end} if how == "cut off" else {} for end in ends)
    apart(site, ended(ends[0]), ended(ends[1]), (one, other))

    document = settled(site)

    told = differences(site.history().in_force, document)
    assert told == (Difference("cleo", "cio" if how == "role" else key("cleo"), below.id, (above.id,)),)
    assert publish(site, document)
    assert site.state(case).event(approval.id).judgement.force in (Force.SPENT, Force.IGNORED)


def test_a_checkpoint_whose_listing_is_not_here_is_not_kept() -> None:
    """It would leave everything undecided."""
    site = founded(*ADMINISTRATORS)
    case = site.revision().id
    site.cio(case)
    known = site.checkpoint("eve")
    gone = site.checkpoint("eve")
    del site.blobs[str(gone.body["heads"]["sha256"])]  # type: ignore[call-overload, index]
    apart(site, *(_three(person("cleo", Role.CIO, end=end.id), without="cleo") for end in (known, gone)))

    assert settled(site).people.by_id["cleo"].certificates[0].period.end == known.id


def test_of_two_last_days_the_earlier_is_kept() -> None:
    site = founded(*ADMINISTRATORS)

    def lasting(until: date | None) -> list[Person]:
        return _three(person("cleo", Grant(Role.CIO, "", False, Period(SINCE, until, ""))), without="cleo")

    apart(site, lasting(date(2026, 12, 1)), lasting(date(2026, 12, 31)))

    assert settled(site).people.by_id["cleo"].grants[0].period.until == date(2026, 12, 1)


# ------------------------------------------------------------------------------------------------- one key, two people


def listed_twice(first: Person, second: Person) -> Site:
    site = founded(*ADMINISTRATORS)
    apart(site, _three(first), _three(second))
    return site


def of(name: str, *roles: Role | Grant, end: str = "", as_: str = "mara") -> Person:
    """Somebody with the key of Mara."""
    return replace(person(as_, *roles, end=end), id=name)


@pytest.mark.attack(
    "rivals that list one key for two people", refusal="settled: one keeps it, the other may do nothing with it"
)
@pytest.mark.parametrize("roles", [(Role.CIO, Role.CISO), (Role.CISO, Role.CIO), (Role.CISO, Role.CISO)])
def test_one_key_for_two_people_can_be_settled_and_gives_nobody_a_permission(roles: tuple[Role, Role]) -> None:
    site = listed_twice(of("mara", roles[0]), of("zed", roles[1]))
    case = site.revision().id
    acts = []
    for listed in site.history().in_force:
        holder, role = ("mara", roles[0]) if listed.roster.person("mara") else ("zed", roles[1])
        signed = site.opinion("mara", Office(role.value), case, case, roster=listed.id)
        site.acts[signed.id] = replace(signed, person=holder)
        acts.append((holder, signed.id))
    assert all(site.state(case).event(made).judgement.force is Force.IGNORED for _, made in acts)

    document = settled(site)
    told = differences(site.history().in_force, document)

    assert publish(site, document)
    assert told == (Difference("mara", key("mara"), "mara", ("zed",)),)
    assert document.people.by_id["zed"].certificates == ()
    forces = {holder: site.state(case).event(made).judgement.force for holder, made in acts}
    assert forces["zed"] is Force.IGNORED
    assert site.state(case).in_force is None


@pytest.mark.parametrize("keeper", ["mara", "zed"])
def test_either_may_keep_it(keeper: str) -> None:
    site = listed_twice(of("mara", Role.CIO), of("zed", Role.OWNER))
    both = [of("mara", Role.CIO), of("zed", Role.OWNER)]
    people = [item if item.id == keeper else replace(item, certificates=()) for item in both]

    assert publish(site, replace(settled(site), people=roster(_three(*people)).people))


@pytest.mark.parametrize("people", [[], ["mara", "zed"]])
def test_neither_both_nor_nobody_may_keep_it(people: list[str]) -> None:
    site = listed_twice(of("mara", Role.CIO), of("zed", Role.OWNER))
    both = [of("mara", Role.CIO), of("zed", Role.OWNER)]
    entries = [item if item.id in people else replace(item, certificates=()) for item in both]

    assert not publish(site, replace(settled(site), people=roster(_three(*entries)).people))


@pytest.mark.attack(
    "a key ended by one rival and listed for somebody else by the other", refusal="pending: it is reopened"
)
@pytest.mark.parametrize("how", ["ended", "cut off"])
def test_a_key_that_one_of_them_ended_stays_ended_with_the_other(how: str) -> None:
    end = "7" * 64
    site = founded(*ADMINISTRATORS)
    ended = of("mara", Role.CIO, end=end if how == "ended" else "")
    apart(site, _three(ended), _three(of("zed", Role.OWNER)), ({key("mara"): end} if how == "cut off" else {}, {}))
    document = settled(site)
    reopened = [replace(ended, certificates=()), of("zed", Role.OWNER)]

    assert not publish(
        site, replace(document, people=roster(_three(*reopened)).people, cutoffs={}, organisation="Reopened")
    )
    assert [words(item.problem) for item in site.history().pending] == ["it leaves out a certificate of mara"]
    assert publish(site, document)
    assert not site.history().listed("zed", key("mara"))


def test_a_key_of_everybody_cannot_be_moved_to_somebody_else() -> None:
    """Without a rival that lists it for another, a certificate is never left out."""
    site = founded(*ADMINISTRATORS)
    before = site.history().in_force[0]
    robbed = [replace(item, certificates=()) if item.id == "cleo" else item for item in _three(of("zed", as_="cleo"))]

    site.publish(roster(robbed, version=2, previous=(before.id,)), *ADMINISTRATORS)

    assert [words(item.problem) for item in site.history().pending] == ["it leaves out a certificate of cleo"]


def test_two_certificates_of_one_key_for_one_person_can_be_settled() -> None:
    """Mara enrolled twice with one key."""
    der = bytearray(certificate("mara"))
    site = founded(*ADMINISTRATORS)
    again = of("mara")
    other = replace(again.certificates[0], sha256=canonical.sha256(_again(bytes(der))), der=_again(bytes(der)))
    assert other.key == again.certificates[0].key
    apart(site, _three(again), _three(replace(again, certificates=(other,))))

    document = settled(site)

    assert publish(site, document)
    assert len(document.people.by_id["mara"].certificates) == 1


def test_objections_of_others_are_not_touched_by_it() -> None:
    site = listed_twice(of("mara", Role.CIO), of("zed", Role.OWNER))
    case = site.revision().id
    decline = site.ciso(case, position=Position.DECLINE)

    publish(site, settled(site))

    assert site.state(case).event(decline.id).judgement.force is Force.COUNTS


def _again(der: bytes) -> bytes:
    """Another certificate for the same key: with another serial number."""
    return der.replace(b"\x02\x01\x01", b"\x02\x01\x02", 1)


# ------------------------------------------------------------------------------------------------- whatever they differ in


def rival(chance: Random, checkpoints: list[str]) -> tuple[list[Person], Cuts]:
    """The people of a version, some of them ended, cut off, with last days, or new with a key that others may have."""
    people: dict[str, Person] = {item.id: item for item in _three()}
    cuts: Cuts = {}
    for name in chance.sample(["cleo", "dan", "ada"], k=chance.randint(0, 3)):
        entry, end = people[name], chance.choice(checkpoints)
        period = Period(SINCE, chance.choice([None, date(2026, 12, 1), date(2026, 12, 9)]), chance.choice(["", end]))
        if chance.random() < 0.5:
            entry = replace(entry, grants=tuple(replace(item, period=period) for item in entry.grants))
        else:
            entry = replace(entry, certificates=tuple(replace(item, period=period) for item in entry.certificates))
        people[name] = entry
        if chance.random() < 0.3:
            cuts[key(name)] = end
    used = set()
    for name in ("kim", "lou"):
        new = chance.choice(["key1", "key2", "key3"])
        if new not in used and chance.random() < 0.8:
            used.add(new)
            role = chance.choice([Role.OWNER, Role.CIO, Role.CISO])
            people[name] = of(name, role, end=chance.choice(["", "", checkpoints[0]]), as_=new)
    return list(people.values()), cuts


@given(seed=st.integers(0, 1_000_000))
def test_any_two_rivals_can_be_settled_and_nobody_gains_by_it(seed: int) -> None:
    chance = Random(seed)
    site = founded(*ADMINISTRATORS)
    checkpoints = [site.checkpoint("eve").id for _ in range(3)]
    one, other = rival(chance, checkpoints), rival(chance, checkpoints)
    apart(site, one[0], other[0], (one[1], other[1]))
    rivals = [item.roster for item in site.history().in_force]

    document = settled(site)

    assert publish(site, document)
    for person_ in document.people:
        for item in person_.certificates:
            listed = [
                (same, same.sha256 in old.cutoffs, entry.id)
                for old in rivals
                for entry in old.people
                for same in entry.certificates
                if same.key == item.key
            ]
            assert person_.id in {name for _, _, name in listed}
            assert not item.period.open or all(found.period.open for found, _, _ in listed)
            assert item.sha256 in document.cutoffs or not any(cut for _, cut, _ in listed)
            days = [found.period.until for found, _, name in listed if name == person_.id and found.period.until]
            assert item.period.until == min(days, default=None)
        for grant in person_.grants:
            held = [
                same
                for old in rivals
                if (entry := old.person(person_.id))
                for same in entry.grants
                if same.key == grant.key
            ]
            assert held
            assert not grant.period.open or all(same.period.open for same in held)
