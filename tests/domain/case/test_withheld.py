"""What somebody keeps back: it delays what rests on it, and undoes nothing that was decided without it."""

from __future__ import annotations

import os

import pytest

from intake.domain.acts.kinds.sealed import SealedBody
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from tests.domain.case.test_oracle import compare
from tests.domain.case.withheld import agreed, withheld_world
from tests.domain.terms.later_tables import NEWER

MANY = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
RUNS = 3000 if MANY else 20
BLOCKS = 4 if MANY else 2


def seeds(block: int) -> range:
    return range(block * RUNS // BLOCKS, (block + 1) * RUNS // BLOCKS)


def sealed(state: CaseState) -> dict[frozenset[str], Fate]:
    """What became of the pairs whose record is sealed."""
    names = {
        frozenset(event.body.opinions)
        for event in state.events
        if isinstance(event.body, SealedBody) and event.judgement.force is Force.COUNTS
    }
    return {frozenset(pair.opinions): pair.fate for pair in state.pairs if set(pair.opinions) in names}


@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_is_released_later_never_makes_a_sealed_record_void(block: int) -> None:
    released = decided = 0

    for seed in seeds(block):
        world = withheld_world(seed)
        site = world.merged()
        before = sealed(site.state(world.case))
        decided += bool(before)
        for _ in world.releases(site):
            released += bool(before)
            after = sealed(site.state(world.case))
            for pair, fate in before.items():
                assert pair in after, f"history {seed}: the pair is gone"
                assert after[pair] is not Fate.VOID or fate is Fate.VOID, f"history {seed}: {fate} became void"
            before = after

    assert decided > RUNS // BLOCKS // 10
    assert released > RUNS // BLOCKS // 10


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_fold_and_the_oracle_agree_while_things_are_kept_back_and_released(block: int) -> None:
    decisions = 0

    for seed in seeds(block):
        world = withheld_world(seed)
        site = world.merged()
        try:
            decisions += compare(world, site, NEWER, (1, 2)) is not None
            for _ in world.releases(site):
                compare(world, site, NEWER, (1, 2))
        except AssertionError as difference:
            raise AssertionError(f"history {seed}: {difference}") from difference

    assert decisions > RUNS // BLOCKS // 10


@pytest.mark.parametrize("block", range(BLOCKS))
def test_both_offices_lift_any_stop_by_answering_it(block: int) -> None:
    stopped = 0

    for seed in seeds(block):
        world = withheld_world(seed, alone=True)
        site = world.merged()
        before = site.state(world.case)
        if before.phase in (Phase.WITHDRAWN, Phase.CONFLICT):
            world.revises(site)
        stopped += before.phase in (Phase.SUSPENDED, Phase.DECLINED, Phase.CONTESTED, Phase.WITHDRAWN)

        assert agreed(world, site).phase is Phase.DECIDED, f"history {seed} was {before.phase}"

    assert stopped > RUNS // BLOCKS // 10
