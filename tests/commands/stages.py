"""How far people at terminals have come, done once for all workers and copied, as ``tests.services.stages`` does for services."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.commands.house import EVERYBODY, PASSPHRASE, House, settle_in
from tests.once import made_once
from tests.services.offices import Clock, Offices


def founded_house() -> House:
    """A founded organisation on disk, never changed; each test takes a copy of it."""
    root = made_once("house", _found)
    return House(root, (root / "org").read_text())


def _found(root: Path) -> None:
    # The commands go by the real clock, and nothing they meet may be ahead of it.
    offices = Offices(root / "homes", Clock(datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)))
    offices.open(*EVERYBODY)
    (root / "org").write_text(offices.found())
    offices.close()
    for who in EVERYBODY:
        settle_in(root / "homes" / who, who)
    (root / "passphrase").write_text(PASSPHRASE + "\n")
    (root / "shared").mkdir()


def copied(house: House, root: Path) -> House:
    shutil.copytree(house.root, root, dirs_exist_ok=True)
    return House(root, house.org)


def stage(bring: Callable[[House], str]) -> Callable[[House], str]:
    """Called on a house in which nothing was filed yet, its folder becomes a copy of one that was brought there before."""

    def make(folder: Path) -> None:
        (folder / "given").write_text(bring(copied(founded_house(), folder / "house")))

    @functools.wraps(bring)
    def brought(house: House) -> str:
        if (house.root / "filed").exists():
            return bring(house)
        folder = made_once(f"{bring.__module__}.{bring.__qualname__}", make)
        shutil.copytree(folder / "house", house.root, dirs_exist_ok=True)
        return (folder / "given").read_text()

    return brought


@stage
def decided(house: House) -> str:
    """Both offices approved what Ada filed, the CISO first, and all three have it."""
    case = house.file()
    house.sync("ada", "dan", "cleo")
    house.ask("dan", "approve", case)
    house.sync("dan", "cleo")
    house.ask("cleo", "approve", case)
    house.sync("cleo", "dan", "ada")
    return case
