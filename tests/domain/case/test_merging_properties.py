"""Rule of merging: the same set of acts gives the same state, however it was ordered, repeated, split and merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds import Effect
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.case.fold import fold_case
from intake.domain.case.graph import Graph
from intake.domain.case.judge import WITH_A_SAY
from intake.domain.case.summary import summarise
from intake.domain.organisation.chain import fold_rosters
from tests.domain.case.histories import World, random_passing, random_world
from tests.domain.world import Site, believed

seeds = st.integers(min_value=0, max_value=1_000_000)


def any_world(seed: int) -> World:
    """Of every three histories one in which the case goes from hand to hand."""
    return random_world(seed) if seed % 3 else random_passing(seed)


@pytest.mark.attack("any order, any repetition", refusal="the identical state")
@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_identical_state(seed, order) -> None:
    world = any_world(seed)
    site = world.merged()
    expected = site.state(world.case)

    acts = [act for act in site.acts.values() if act.case_id == world.case]
    acts += order.choices(acts, k=len(acts))
    order.shuffle(acts)
    rosters = [act for act in site.acts.values() if not act.case_id] * 2
    order.shuffle(rosters)
    history = fold_rosters(site.org, rosters, site.listings(), site.people())

    assert history == site.history()
    assert (
        fold_case(acts, history, site.blobs, site.listings(), site.read_record_file, believed, THIS_VERSION) == expected
    )


@given(seed=seeds, order=st.randoms(use_true_random=False), parts=st.integers(min_value=2, max_value=5))
@pytest.mark.exhaustive
def test_any_split_into_registers_that_merge_gives_the_identical_state(seed, order, parts) -> None:
    world = any_world(seed)
    whole = world.merged()

    registers = [Site(f"part{number}", whole.org) for number in range(parts)]
    for name, act in whole.acts.items():
        for register in order.sample(registers, order.randint(1, parts)):
            register.acts[name] = act
    for name, blob in whole.blobs.items():
        order.choice(registers).blobs[name] = blob
    for register in registers:
        register.state(world.case)
    order.shuffle(registers)
    merged = Site("merged", whole.org).take(*registers)

    assert merged.state(world.case) == whole.state(world.case)
    assert summarise(merged.state(world.case), None) == summarise(whole.state(world.case), None)


@given(seed=seeds)
def test_the_order_of_the_history_puts_everything_after_what_it_names(seed) -> None:
    world = random_world(seed)

    state = world.merged().state(world.case)

    place = {event.act.id: number for number, event in enumerate(state.events)}
    for event in state.events:
        assert all(place[name] < place[event.act.id] for name in event.act.names if name in place)


@given(seed=seeds)
def test_a_revision_that_counted_anywhere_keeps_its_number(seed) -> None:
    world = random_world(seed)

    filed = {item.id: item.number for item in world.merged().state(world.case).filed}

    for site in world.sites:
        for item in site.state(world.case).revisions:
            assert filed[item.id] == item.number


@given(seed=seeds)
def test_what_the_next_act_names_leaves_nothing_with_a_say_behind(seed) -> None:
    world = random_world(seed)
    site = world.merged()
    before = site.state(world.case)
    newest = before.newest

    probe = site.ciso(world.case, after=newest, prev="")
    mine = [act for act in site.acts.values() if act.case_id == world.case]
    graph = Graph(mine, site.blobs, site.history().chain, THIS_VERSION)

    speaking = {event.act.id for event in before.events if event.judgement.force in WITH_A_SAY}
    bearing = {name for name in speaking if graph.effect(name) is not Effect.NONE}
    assert set(newest) <= bearing
    assert {name for name in bearing if not graph.descends(probe.id, name)} == set()
    assert graph.waits_for(probe.id) == set()


@given(seed=seeds)
def test_who_has_seen_an_act_is_who_has_it_in_their_past(seed) -> None:
    world = random_world(seed)
    site = world.merged()
    mine = [act for act in site.acts.values() if act.case_id == world.case]
    graph = Graph(mine, site.blobs, site.history().chain, THIS_VERSION)

    for name in graph.order:
        assert graph.among(graph.later(name)) == tuple(other for other in graph.order if graph.descends(other, name))
