"""What a listing of heads proves: an act is here with all before it, or something was taken away."""

from __future__ import annotations

from itertools import permutations

from intake.domain.acts.checkpoint import unbroken
from intake.domain.acts.envelope import Act
from tests.domain.world import organisation


def stream(length: int) -> list[Act]:
    """What one person signed in one case, each act after the one before, with the revision first."""
    site = organisation()
    first = site.revision("ada")
    return [first, *(site.comment("ada", first.id) for _ in range(length))]


def test_what_comes_after_an_act_that_was_taken_away_is_not_here_with_all_before_it() -> None:
    acts = stream(4)
    gone = acts[2]

    for order in permutations([act for act in acts if act is not gone]):
        assert unbroken(order) == {acts[0].id, acts[1].id}
    assert unbroken(acts) == {act.id for act in acts}
    assert unbroken(()) == frozenset()
