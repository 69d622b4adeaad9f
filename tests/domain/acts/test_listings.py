"""What a listing of heads proves: its writer had seen what it covers, whatever comes to light later."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.checkpoint import Heads, ListedHead, floors, heads_of, listed, read_heads, write_heads
from intake.domain.acts.envelope import Act, MalformedAct
from tests.domain.world import organisation


def stream(length: int) -> tuple[str, list[Act]]:
    """What one person signed in one case, each act after the one before, with the revision first."""
    site = organisation()
    first = site.revision("ada")
    return first.id, [first, *(site.comment("ada", first.id) for _ in range(length))]


CASE, STREAM = stream(6)


def by_id(acts: list[Act]) -> dict[str, Act]:
    return {act.id: act for act in acts}


def test_what_comes_after_an_act_that_was_taken_away_stands_on_no_ground() -> None:
    acts = STREAM[:5]
    gone = acts[2]

    for order in permutations([act for act in acts if act is not gone]):
        assert floors(order) == {acts[0].id: "", acts[1].id: "", acts[3].id: acts[3].id, acts[4].id: acts[3].id}
    assert set(floors(acts).values()) == {""}
    assert floors(()) == {}


@pytest.mark.attack(
    "an act kept back below one that a checkpoint lists", refusal="the checkpoint covers what it had seen, and no more"
)
@given(st.sets(st.sampled_from(range(len(STREAM)))))
def test_a_checkpoint_covers_what_its_writer_had_seen_and_nothing_that_comes_to_light_later(seen: set[int]) -> None:
    here = [STREAM[place] for place in sorted(seen)]

    heads = read_heads(write_heads(listed(here)))

    assert heads.covered(CASE, by_id(STREAM)) == {act.id for act in here}
    assert heads.all_here(CASE, floors(here))
    assert heads.all_here(CASE, floors(STREAM))
    for left in here:
        assert not heads.all_here(CASE, floors([act for act in here if act is not left]))


def test_nothing_below_a_floor_is_asked_for() -> None:
    heads = heads_of([ListedHead(CASE, STREAM[4].id, STREAM[3].id)])

    assert heads.all_here(CASE, floors(STREAM[3:5]))
    assert not heads.all_here(CASE, floors(STREAM[4:5]))
    assert not heads.all_here(CASE, floors(STREAM[:3]))
    assert heads.covered(CASE, by_id(STREAM)) == {STREAM[3].id, STREAM[4].id}


def test_of_two_branches_each_is_covered_down_to_its_own_floor() -> None:
    whole, above = ListedHead(CASE, STREAM[5].id), ListedHead(CASE, STREAM[6].id, STREAM[6].id)

    for entries in permutations([whole, above]):
        assert heads_of(entries).covered(CASE, by_id(STREAM)) == {act.id for act in STREAM}


def test_a_listing_without_a_gap_is_written_as_pairs() -> None:
    assert write_heads(listed(STREAM)) == (
        b'{"format":"countersign/heads/1","heads":[["%s","%s"]]}' % (CASE.encode(), STREAM[-1].id.encode())
    )


@pytest.mark.parametrize(
    "row", [[], [""], ["", "x"], ["x", "a" * 64], ["", "a" * 64, ""], ["", "a" * 64, "b" * 64, ""], "x"]
)
def test_an_entry_in_another_form_is_refused(row: object) -> None:
    data = json.dumps({"format": "countersign/heads/1", "heads": [row]}, separators=(",", ":")).encode()

    with pytest.raises(MalformedAct):
        read_heads(data)


def test_heads_without_floors_are_as_before() -> None:
    assert Heads({CASE: frozenset({STREAM[-1].id})}).covered(CASE, by_id(STREAM)) == {act.id for act in STREAM}
