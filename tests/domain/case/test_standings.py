"""What an act is worth follows from the state alone, in any history, and says no more than the fold does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.case.standings import Worth, case_standing
from tests.domain.case.histories import random_world

seeds = st.integers(min_value=0, max_value=1_000_000)


@given(seed=seeds)
def test_only_what_the_fold_lets_count_counts_or_counted(seed: int) -> None:
    world = random_world(seed)
    state = world.merged().state(world.case)

    for event in state.events:
        found = case_standing(state, event.act.id)
        if found.worth in (Worth.COUNTS, Worth.ENDED):
            assert event.judgement.force in (Force.COUNTS, Force.OBJECTS)
        if found.worth is Worth.ENDED:
            assert found.by
            assert found.end is not None
            assert all(state.event(name) for name in found.by)
        else:
            assert found.end is None


@given(seed=seeds)
def test_what_makes_the_decision_in_force_counts_and_nothing_else_decides(seed: int) -> None:
    world = random_world(seed)
    state = world.merged().state(world.case)
    in_force = state.in_force.revision if state.in_force else ""
    standing = [pair for pair in state.pairs if pair.fate is Fate.IN_FORCE and pair.revision == in_force]
    members = {name for pair in standing for name in pair.opinions}

    deciding = {
        event.act.id
        for event in state.events
        if isinstance(event.body, OpinionBody) and case_standing(state, event.act.id).decides
    }

    assert deciding == members
    for event in state.events:
        if isinstance(event.body, SealedBody) and case_standing(state, event.act.id).worth is Worth.COUNTS:
            assert set(event.body.opinions) <= members


@given(seed=seeds)
def test_an_approval_counts_only_as_the_position_of_its_office(seed: int) -> None:
    """One that decides nothing is what its office says on the newest revision, and nobody took it back."""
    world = random_world(seed)
    state = world.merged().state(world.case)

    for event in state.events:
        found = case_standing(state, event.act.id)
        if isinstance(event.body, OpinionBody) and event.body.position is Position.APPROVE:
            if found.worth is Worth.COUNTS and not found.decides:
                assert state.phase is not Phase.WITHDRAWN
                assert event.body.revision in state.heads
                if event.body.revision == state.heads[0]:
                    assert event.act.id in state.positions[event.body.office]
