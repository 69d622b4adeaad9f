"""Where an act is: signed, sent, seen, and that nobody can pretend to have seen it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.case.delivery import Delivery, DeliveryState, Sending, proving, seen_by
from intake.domain.case.fold import fold_case
from intake.domain.case.graph import Graph
from intake.domain.case.judge import Force
from tests.domain.case.histories import random_world
from tests.domain.world import Site, believed, organisation

FULL = (Force.COUNTS, Force.UNJUDGED, Force.NOTE)
seeds = st.integers(min_value=0, max_value=1_000_000)


def seen(site: Site, acts: list[Act]) -> dict[str, frozenset[str]]:
    state = fold_case(acts, site.history(), site.blobs, site.listings(), site.read_record_file, believed, THIS_VERSION)
    return dict(seen_by(acts, proving(state), THIS_VERSION))


def of_case(site: Site, case: str) -> list[Act]:
    return [act for act in site.acts.values() if act.case_id == case]


# ---------------------------------------------------------------------------------------------------------- the state
def test_what_was_only_signed_has_not_left() -> None:
    assert Delivery("a" * 64).state is DeliveryState.SIGNED
    assert not Delivery("a" * 64).state.left


def test_it_is_sent_since_it_first_went_out() -> None:
    later, first = (Sending(datetime(2026, 5, day, tzinfo=UTC), "/share") for day in (2, 1))
    made = Delivery("a" * 64, frozenset({later, first}))

    assert (made.state, made.sent) == (DeliveryState.SENT, first)


# ------------------------------------------------------------------------------------------------------------ seen by
def test_an_answer_of_somebody_else_proves_that_it_was_seen() -> None:
    site = organisation()
    case = site.revision().id
    assert case not in seen(site, of_case(site, case))

    site.ciso(case)
    site.cio(case)

    assert seen(site, of_case(site, case))[case] == {"cleo", "dan"}


def test_nobody_proves_anything_to_themselves() -> None:
    site = organisation()
    case = site.revision().id
    site.revision("ada", case=case, revises=(case,))

    assert seen(site, of_case(site, case)) == {}


@pytest.mark.attack("a stranger answers an act in the name of an office", refusal="it stays sent, not seen")
def test_a_key_that_nobody_listed_proves_nothing() -> None:
    site = organisation()
    case = site.revision().id
    answer = site.ciso(case)

    forged = [replace(act, signer="7" * 64) if act.id == answer.id else act for act in of_case(site, case)]

    assert seen(site, of_case(site, case))[case] == {"dan"}
    assert seen(site, forged) == {}


@pytest.mark.attack("somebody listed answers in the name of another", refusal="it stays sent, not seen")
def test_a_listed_key_speaks_for_its_person_only() -> None:
    site = organisation()
    case = site.revision().id
    answer = site.ciso(case)

    forged = [replace(act, person="cleo") if act.id == answer.id else act for act in of_case(site, case)]

    assert seen(site, forged) == {}


@pytest.mark.attack("somebody without the office answers an act as that office", refusal="it stays sent, not seen")
def test_what_the_fold_ignores_proves_nothing() -> None:
    site = organisation()
    case = site.revision().id
    answer = site.opinion("eve", Office.CISO, case, case)
    (event,) = [item for item in site.state(case).events if item.act.id == answer.id]

    assert (event.judgement.force, event.judgement.reason.code) == (Force.IGNORED, "RoleNotHeld")
    assert seen(site, of_case(site, case)) == {}


def test_an_objection_in_full_force_proves_what_it_answers() -> None:
    site = organisation()
    case = site.revision().id
    site.ciso(case, position=Position.DECLINE)

    assert seen(site, of_case(site, case))[case] == {"dan"}


@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_more_acts_that_prove_never_unsee_anything(seed, order) -> None:
    world = random_world(seed)
    site = world.merged()
    acts = of_case(site, world.case)
    fewer = order.sample(acts, order.randint(0, len(acts)))
    more = frozenset(act.id for act in order.sample(acts, order.randint(0, len(acts))))
    some = frozenset(order.sample(sorted(more), order.randint(0, len(more))))

    before, after = seen_by(fewer, some, THIS_VERSION), seen_by(acts, more, THIS_VERSION)

    assert all(people <= after[name] for name, people in before.items())


@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_seen_means_that_somebody_elses_act_with_force_descends_from_it(seed, order) -> None:
    world = random_world(seed)
    site = world.merged()
    acts = of_case(site, world.case)
    graph = Graph(acts, frozenset(), frozenset(), THIS_VERSION)
    state = site.state(world.case)
    judged = {event.act.id: event.judgement.force for event in state.events}
    order.shuffle(acts)

    found = seen_by(acts, proving(state), THIS_VERSION)

    for earlier in graph.order:
        answers = {
            (graph.acts[later].person, judged[later])
            for later in graph.order
            if graph.descends(later, earlier) and graph.acts[later].person != graph.acts[earlier].person
        }
        surely = {person for person, force in answers if force in FULL}
        at_most = {person for person, force in answers if force in (*FULL, Force.OBJECTS)}
        assert surely <= found.get(earlier, frozenset()) <= at_most
