"""What holds of every history of rosters: a second reading of the rules agrees, and records decide."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.organisation.chain import fold_rosters
from tests.domain.organisation.roster_oracle import RosterOracle
from tests.domain.organisation.roster_worlds import random_rosters
from tests.domain.organisation.test_roster_rivals import CUT_OFF, FOUNDERS, Quarrel, _ended, cut, quarrel, staff
from tests.domain.world import Site, roster

seeds = st.integers(min_value=0, max_value=1_000_000)


def agree(site: Site) -> None:
    """The fold and the second reading say the same of what this site has."""
    history = site.history()
    listings = {name: heads.by_case.get("", frozenset()) for name, heads in site.listings().items()}
    said = RosterOracle(site.org, [*site.acts.values(), *site.unlisted()], listings, site.blobs)
    assert {item.id for item in history.in_force} == said.front
    assert set(history.chain) == said.counted
    assert set(history.late) == said.late
    assert {item.listed.id for item in history.uncovered} == said.uncovered


def part(site: Site, chance: Random) -> Site:
    """Some of the acts and listings a site has, always with the founding, in any order."""
    founding = {site.org, *(name for name, act in site.acts.items() if act.body.get("roster") == site.org)}
    kept = [(name, act) for name, act in site.acts.items() if name in founding or chance.random() < 0.9]
    chance.shuffle(kept)
    blobs = {name: data for name, data in site.blobs.items() if chance.random() < 0.95}
    return Site("part", site.org, site.roster, dict(kept), blobs, site.clock)


@given(seed=seeds)
def test_the_fold_agrees_with_a_second_reading_of_the_rules(seed: int) -> None:
    whole = random_rosters(seed).whole

    agree(whole)
    agree(part(whole, Random(seed)))


@pytest.mark.exhaustive
def test_the_fold_agrees_with_a_second_reading_in_thousands_of_histories() -> None:
    late = rivals = 0
    for seed in range(3000):
        whole = random_rosters(seed).whole
        agree(whole)
        agree(part(whole, Random(seed)))
        late += bool(whole.history().late)
        rivals += whole.history().rivals
    assert late > 200
    assert rivals > 200


@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_identical_history(seed: int, order: Random) -> None:
    whole = random_rosters(seed).whole
    acts = [*whole.acts.values(), *whole.unlisted()] * 2
    order.shuffle(acts)
    listings = list(whole.listings().items())
    order.shuffle(listings)

    assert fold_rosters(whole.org, acts, dict(listings), whole.people()) == whole.history()


def collude(made: Quarrel, chance: Random, *, checkpoints: tuple[str, ...]) -> None:
    """Former administrators sign rivals at every place they ever administered, and others vouch for them."""
    places = [
        (made.first, 2, list(FOUNDERS), ["bob", "finn", "gita"]),
        (made.second, 3, [*FOUNDERS, "hugo", "ivy"], ["bob", "finn", "hugo", "ivy"]),
    ]
    written = []
    for number in range(chance.randint(1, 5)):
        previous, version, administrators, able = chance.choice(places)
        if written and chance.random() < 0.3:
            previous, version, administrators, able = (
                chance.choice(written),
                version + 1,
                list(FOUNDERS),
                ["bob", "finn"],
            )
        victims = set(chance.sample(["gita", "hugo", "rita", "cleo", "dan", "ada"], k=chance.randint(0, 4)))
        people = [_ended(item, CUT_OFF) if item.id in victims else item for item in staff(*administrators)]
        document = roster(people, version=version, previous=(previous,), cutoffs=cut(*victims, end=CUT_OFF))
        signers = [name for name in able if name not in victims or chance.random() < 0.5]
        act = made.late.publish(replace(document, organisation=f"Rival {number}"), *signers, author="bob")
        written.append(act.id)
        if chance.random() < 0.5:
            made.late.roster = act.id
            made.late.checkpoint(chance.choice(checkpoints), without=chance.sample(written, k=chance.randint(0, 1)))


@given(seed=seeds)
def test_nothing_that_former_administrators_sign_moves_a_covered_chain_or_what_was_decided(seed: int) -> None:
    chance = Random(seed)
    made = quarrel()
    made.late.take(made.site)
    collude(made, chance, checkpoints=("bob", "eve", "cleo", "ralf"))
    made.site.take(made.late)
    if chance.random() < 0.5:
        made.site.checkpoint("rita")

    history = made.site.history()
    assert made.in_force() == [made.third]
    assert set(history.chain) == {made.first, made.second, made.third}
    assert history.uncovered == ()
    assert made.still_decided()


@given(seed=seeds)
def test_without_a_checkpoint_a_rival_that_counts_approves_nothing_until_records_tell(seed: int) -> None:
    made = quarrel(covered="")
    rival = made.rival()
    collude(made, Random(seed), checkpoints=("bob", "eve"))
    made.site.take(made.late)
    assert {made.second, rival.id} <= set(made.in_force())
    assert not made.still_decided()

    made.tell(made.second)

    assert made.second in made.site.history().chain
    if made.site.history().rivals:
        # Those who stayed administrators until version 2 may dispute version 3 as well; records tell once more.
        made.tell(made.third)
    assert made.in_force() == [made.third]
    assert made.still_decided()


@given(seed=seeds)
def test_nobody_but_records_of_the_version_before_changes_who_wins(seed: int) -> None:
    """Everything anybody else can still sign, in a world that records have covered in every way they could."""
    chance = Random(seed)
    world = random_rosters(seed)
    for site in world.sites:
        site.take(*world.sites)
    office = world.sites[0]
    office.checkpoint("rita")
    office.checkpoint("ralf")
    before = office.history()
    covered = {*before.chain, *before.late} - {item.listed.id for item in before.uncovered}
    if before.rivals:
        return
    for _ in range(4):
        site = world.sites[1]
        old = chance.choice(sorted(name for name in world.versions if name in site.acts))
        signers = sorted(world.versions[old].roster.administrators)
        world.follow(1, [old], signers)
        site.checkpoint("bob")
    office.take(world.sites[1])

    after = office.history()
    lowest = min((item.listed.roster.version for item in before.uncovered), default=99)
    for name, listed in before.chain.items():
        if listed.roster.version < lowest and name in covered:
            assert name in after.chain
            beside = [item for item in after.chain.values() if item.roster.version == listed.roster.version]
            was = [item for item in before.chain.values() if item.roster.version == listed.roster.version]
            assert len(beside) == len(was)
