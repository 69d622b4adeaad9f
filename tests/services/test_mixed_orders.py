"""In whatever order three versions exchange and are updated, they end with the same: the acts of one story, dealt out by origin."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.register.rebuilding import Rebuilt
from intake.trust.acts import VerifiedAct, verify_act
from tests.services.mixed import NAMES, Mixed, mixed
from tests.services.offices import Clock
from tests.services.test_mixed_versions import Story, nothing_is_lost, nothing_is_stuck

MOVES = st.lists(
    st.tuples(st.sampled_from(["exchange", "exchange", "exchange", "sign", "update"]), st.sampled_from(NAMES)),
    min_size=4,
    max_size=20,
)


@dataclass(frozen=True)
class Told:
    """``before`` is a folder with the three as they began, ``signed`` what each of them signed, in order, with its files."""

    before: Path
    world: Mixed
    signed: dict[str, list[tuple[VerifiedAct, dict[str, bytes]]]]
    end: Rebuilt


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    root = tmp_path_factory.mktemp("orders")
    with mixed(root / "told") as world:
        known = set(world.blobs("newest"))
        world.close()
        shutil.copytree(root / "told", root / "before")
        for name in NAMES:
            world.open(name)
        streams = {world.installations[name].register.installation.setting("installation"): name for name in NAMES}
        Story(world).tell()
        newest = world.installations["newest"]
        signed: dict[str, list[tuple[VerifiedAct, dict[str, bytes]]]] = {name: [] for name in NAMES}
        for act_id, blob in world.blobs("newest").items():
            if act_id not in known:
                act = verify_act(blob)
                names = newest.capabilities.kinds.carried(act.act, newest.capabilities.tables)
                files = {name: data for name in names if (data := newest.register.queries.blob(name)) is not None}
                signed[streams[act.act.stream]].append((act, files))
        yield Told(root / "before", world, signed, newest.register.rebuild(check=True))


def run(told: Told, root: Path, moves: list[tuple[str, str]]) -> None:
    shutil.copytree(told.before, root)
    world = Mixed(root, told.world.org, Clock(told.world.clock.now), told.world.cases)
    left = {name: list(acts) for name, acts in told.signed.items()}
    try:
        for name in NAMES:
            world.open(name)
        for move, name in [*moves, *(("sign", item) for item in NAMES for _ in left[item])]:
            if move == "exchange":
                world.exchange(name)
            elif move == "update":
                world.update(name)
            elif left[name]:
                act, files = left[name].pop(0)
                world.installations[name].register.append([act], files)
        world.settle()
        world.update(*NAMES)
        world.settle()
        nothing_is_stuck(world)
        nothing_is_lost(world)
        rebuilt = [world.installations[name].register.rebuild(check=True) for name in NAMES]
        assert all(item.identical for item in rebuilt)
        assert {item.after for item in rebuilt} == {told.end.after}
    finally:
        world.close()


@pytest.mark.exhaustive
def test_everything_is_signed_before_anybody_hears_of_it(told: Told, tmp_path: Path) -> None:
    assert {name: bool(acts) for name, acts in told.signed.items()} == dict.fromkeys(NAMES, True)

    run(told, tmp_path / "mixed", [])


@pytest.mark.exhaustive
@given(moves=MOVES)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_order_of_rounds_and_updates_ends_equal(told: Told, moves: list[tuple[str, str]]) -> None:
    with TemporaryDirectory(prefix="countersign-orders-") as folder:
        run(told, Path(folder) / "mixed", moves)
