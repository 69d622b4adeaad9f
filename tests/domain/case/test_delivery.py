"""Where an act is: signed, sent, seen. Knowing more never moves it back, and nobody can pretend to have seen it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.assessment.engines import THIS_VERSION
from intake.domain.case.delivery import Delivery, DeliveryState, Sending, seen_by
from intake.domain.case.graph import Graph
from tests.domain.case.histories import random_world
from tests.domain.world import Site, organisation

seeds = st.integers(min_value=0, max_value=1_000_000)

sendings = st.builds(
    Sending,
    at=st.datetimes(timezones=st.just(UTC), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - hypothesis adds the zone
    carrier=st.sampled_from(("/share", "/stick", "package/case.countersign")),
)
deliveries = st.builds(
    Delivery,
    act=st.just("a" * 64),
    sendings=st.frozensets(sendings, max_size=3),
    seen_by=st.frozensets(st.sampled_from(("cleo", "dan", "ada")), max_size=3),
    seen=st.booleans(),
)


def listed(site: Site) -> frozenset[tuple[str, str]]:
    return frozenset(
        (person.id, certificate.sha256) for person in site.history().everybody() for certificate in person.certificates
    )


def seen(site: Site, acts: list[Act] | None = None) -> dict[str, frozenset[str]]:
    return dict(seen_by(list(site.acts.values()) if acts is None else acts, listed(site), THIS_VERSION))


def of_case(site: Site, case: str) -> list[Act]:
    return [act for act in site.acts.values() if act.case_id == case]


# ---------------------------------------------------------------------------------------------------------- the state
def test_what_was_only_signed_has_not_left() -> None:
    assert Delivery("a" * 64).state is DeliveryState.SIGNED
    assert not Delivery("a" * 64).state.left


@given(one=deliveries, two=deliveries, three=deliveries)
def test_what_is_known_joins_in_any_order_and_any_number_of_times(one, two, three) -> None:
    assert one.joined(two) == two.joined(one)
    assert one.joined(two).joined(three) == one.joined(two.joined(three))
    assert one.joined(one) == one


@pytest.mark.attack("an older register is merged to take a proof of receipt back", refusal="what was seen stays seen")
@given(one=deliveries, two=deliveries)
def test_joining_never_moves_an_act_back(one, two) -> None:
    together = one.joined(two)

    assert together.state >= max(one.state, two.state)
    assert not one.sent or (together.sent and together.sent <= one.sent)


def test_two_acts_are_not_joined() -> None:
    with pytest.raises(ValueError, match="two acts"):
        Delivery("a" * 64).joined(Delivery("b" * 64))


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


@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_more_acts_and_more_keys_never_unsee_anything(seed, order) -> None:
    world = random_world(seed)
    site = world.merged()
    acts = of_case(site, world.case)
    keys = sorted(listed(site))
    fewer = order.sample(acts, order.randint(0, len(acts)))
    some = frozenset(order.sample(keys, order.randint(0, len(keys))))

    before = seen_by(fewer, some, THIS_VERSION)
    after = seen_by(acts, frozenset(keys), THIS_VERSION)

    assert all(people <= after[name] for name, people in before.items())


@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_seen_means_that_somebody_elses_act_descends_from_it(seed, order) -> None:
    world = random_world(seed)
    site = world.merged()
    acts = of_case(site, world.case)
    graph = Graph(acts, frozenset(), frozenset(), THIS_VERSION)
    keys = listed(site)
    order.shuffle(acts)

    found = seen_by(acts, keys, THIS_VERSION)

    for earlier in graph.order:
        expected = {
            graph.acts[later].person
            for later in graph.order
            if graph.descends(later, earlier)
            and graph.acts[later].person != graph.acts[earlier].person
            and (graph.acts[later].person, graph.acts[later].signer) in keys
        }
        assert found.get(earlier, frozenset()) == expected
