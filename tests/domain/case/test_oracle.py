"""The fold against the oracle: two readings of the same rules must see the same decision in any history."""

from __future__ import annotations

import os

import pytest

from intake.domain.acts.kinds import FIGURES, KINDS, Effect, Place
from intake.domain.case.decision import Decision
from intake.domain.case.fates import Fate
from intake.domain.terms.boundaries import FieldTables
from tests.domain.case.histories import (
    World,
    random_acceptances,
    random_days,
    random_passing,
    random_remarks,
    random_suspensions,
    random_world,
)
from tests.domain.case.oracle import Oracle, PairOf
from tests.domain.case.oracle_remarks import open_remarks
from tests.domain.case.test_commitment_histories import random_sites
from tests.domain.terms.later_tables import NEWER, OLDER
from tests.domain.world import Site

MANY = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
RUNS = 1500 if MANY else 60
DAYS = 1500 if MANY else 60
BLOCKS = 8 if MANY else 2
LOOKS = {False: (NEWER, (1, 2)), True: (OLDER, (1,))}


VERDICTS = {Fate.IN_FORCE: "in force", Fate.SUSPENDED: "suspended", Fate.UNJUDGED: "newer"}


def held(decided: Decision) -> tuple[str, int, int, str]:
    terms = decided.terms
    assert terms is not None
    users = int(str(terms.boundaries["user_permissions.max_users"]))
    return decided.revision, terms.boundaries.table.number, users, terms.expires.isoformat()


def oracle_holds(oracle: Oracle) -> tuple[str, int, int, str] | None:
    found = oracle.in_force()
    return (found.revision, found.fields, found.users, found.expires) if found else None


def compare(
    world: World, site: Site, tables: FieldTables, numbers: tuple[int, ...]
) -> tuple[str, int, int, str] | None:
    state = site.state(world.case, tables=tables)
    mine = [act for act in site.acts.values() if act.case_id == world.case]
    oracle = Oracle(mine, site.history(), site.blobs, site.listings(), site.read_record_file, numbers)
    found = {
        PairOf(pair.revision, pair.cio, pair.ciso): VERDICTS[pair.fate] for pair in state.pairs if pair.fate in VERDICTS
    }
    assert found == {pair: verdict for pair, verdict in oracle.verdicts().items() if verdict != "no"}
    assert {item.id: item.number for item in state.filed} == {
        act.id: oracle.number(act.id) for act in mine if act.kind == "revision"
    }
    assert set(state.unseen) == oracle.unseen()
    assert {item.remark for item in state.threads if item.open} == open_remarks(oracle)
    everything = {act.id for act in mine}
    assert (state.owners, state.passed.claimants) == (
        frozenset(oracle.people(everything)), tuple(sorted({who for _, who in oracle.newest_claims(everything)} - {""})),
    )  # fmt: skip
    assert {item.act for item in state.suspensions if item.open} == (
        oracle.suspending() - oracle.lifted() - oracle.disowned()
    )
    decided = state.in_force
    assert (decided and held(decided)) == oracle_holds(oracle)
    files = {item.sha256 for item in (decided.record, *decided.rivals) if item} if decided else set()
    assert files == oracle.record()
    return oracle_holds(oracle)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_fold_and_the_oracle_agree_on_every_random_history(block: int) -> None:
    decisions = 0

    # Most are seen by a version that knows the tables of all terms, every fifth by an older one.
    for seed in range(block * RUNS // BLOCKS, (block + 1) * RUNS // BLOCKS):
        world = random_world(seed)
        for site in (*world.sites, world.merged()):
            try:
                decisions += compare(world, site, *(LOOKS[seed % 5 == 0])) is not None
            except AssertionError as difference:
                raise AssertionError(f"history {seed} at {site.name}: {difference}") from difference

    assert decisions > RUNS // BLOCKS // 10, "histories in which nothing is ever decided prove nothing"


def test_they_agree_on_whose_it_is_from_hand_to_hand() -> None:
    moved = nobodys = ended = disowned = 0

    for seed in range(RUNS):
        world = random_passing(seed)
        for site in (*world.sites, world.merged()):
            try:
                compare(world, site, *LOOKS[False])
            except AssertionError as difference:
                raise AssertionError(f"history {seed} at {site.name}: {difference}") from difference
            state = site.state(world.case)
            moved += len(state.passed.claimants) == 1 and state.owners != world.first
            nobodys += len(state.passed.claimants) != 1
            ended += state.closing.acts != ()
            disowned += any(item.disowned for item in state.suspensions)

    assert moved > RUNS // 4, "histories in which nobody ever takes anything over prove nothing"
    assert min(ended, disowned) > RUNS // 20
    assert nobodys > 0


def test_they_agree_on_what_is_suspended_and_lifted() -> None:
    lifted = halves = 0

    for seed in range(RUNS):
        world = random_suspensions(seed)
        for site in (*world.sites, world.merged()):
            try:
                compare(world, site, *LOOKS[False])
            except AssertionError as difference:
                raise AssertionError(f"history {seed} at {site.name}: {difference}") from difference
            found = site.state(world.case).suspensions
            lifted += any(not item.open and not item.disowned for item in found)
            halves += any(item.open and item.lifted for item in found)

    assert min(lifted, halves) > RUNS // 8, "histories in which nothing is ever lifted prove nothing"


def test_they_agree_on_which_remarks_are_open() -> None:
    resolved = opened = 0

    for seed in range(RUNS // 2):
        world = random_remarks(seed)
        for site in (*world.sites, world.merged()):
            compare(world, site, *LOOKS[False])
            threads = site.state(world.case).threads
            resolved += sum(not item.open for item in threads)
            opened += sum(item.open for item in threads)

    assert resolved > RUNS // 2, "histories in which nothing is ever resolved prove nothing"
    assert opened > RUNS // 2


@pytest.mark.parametrize("block", range(BLOCKS))
def test_they_agree_on_what_the_owner_has_accepted(block: int) -> None:
    accepted = going_on = 0

    for seed in range(block * RUNS // BLOCKS, (block + 1) * RUNS // BLOCKS):
        world = random_acceptances(seed)
        for site in (*world.sites, world.merged()):
            try:
                compare(world, site, *LOOKS[False])
            except AssertionError as difference:
                raise AssertionError(f"history {seed} at {site.name}: {difference}") from difference
            state = site.state(world.case)
            found = state.acceptance
            accepted += found is not None and found.by not in ("", found.pair.revision)
            going_on += found is not None and found.awaits and state.in_force is not None

    assert accepted > RUNS // BLOCKS // 10, "histories in which nobody accepts prove nothing"
    assert going_on > RUNS // BLOCKS // 20


@pytest.mark.slow("two readings of many long histories")
@pytest.mark.parametrize("block", range(2))
def test_they_agree_where_roles_and_keys_have_last_days(block: int) -> None:
    decisions = 0

    for seed in range(block * DAYS // 2, (block + 1) * DAYS // 2):
        world = random_days(seed)
        try:
            decisions += compare(world, world.merged(), *LOOKS[False]) is not None
        except AssertionError as difference:
            raise AssertionError(f"history {seed}: {difference}") from difference

    assert decisions > DAYS // 2 // 10


def test_every_kind_of_act_that_does_something_happens_in_a_random_history() -> None:
    made = (random_world, random_acceptances, random_passing, random_suspensions)
    sites = [site for seed in range(20) for random in made for site in random(seed).sites]
    sites += [site for seed in range(4) for site in random_sites(seed, waiving=True)[0]]

    happened = {act.kind for site in sites for act in site.acts.values()}

    of_cases = {kind.name for kind in KINDS if kind.place is not Place.ORGANISATION and kind.effect is not Effect.NONE}
    # Those of figures are told apart from the rest, in ``test_figures``.
    assert of_cases - happened == {FIGURES.name}
