from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from tests.commands.house import EVERYBODY, PASSPHRASE, House, settle_in
from tests.lending import lent_readers
from tests.once import made_once
from tests.services.offices import Clock, Offices

__all__ = ["lent_readers"]


@pytest.fixture(scope="session")
def founded():
    """A founded organisation on disk, made once; each test takes a copy of it."""
    root = made_once("house", _found)
    return House(root, (root / "org").read_text())


def _found(root):
    # The commands go by the real clock, and nothing they meet may be ahead of it.
    offices = Offices(root / "homes", Clock(datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)))
    offices.open(*EVERYBODY)
    (root / "org").write_text(offices.found())
    offices.close()
    for who in EVERYBODY:
        settle_in(root / "homes" / who, who)
    (root / "passphrase").write_text(PASSPHRASE + "\n")
    (root / "shared").mkdir()


@pytest.fixture(scope="session")
def decided(founded, tmp_path_factory):
    """The same after one request was filed, approved by the CISO for fewer users, countersigned by the CIO, and accepted."""
    root = made_once("decided-house", lambda root: _decide(copied(founded, root)))
    return copied(House(root, founded.org), tmp_path_factory.mktemp("decided")), (root / "case").read_text()


def _decide(house):
    case = house.file()
    (house.root / "case").write_text(case)
    house.sync("ada", "dan")
    house.run("dan", "approve", case, "--users", "15")
    house.sync("dan", "cleo")
    house.run("cleo", "approve", case)
    house.sync("cleo", "ada")
    # Fewer users than were asked for: it is in force once its owner accepts that.
    house.run("ada", "accept", case)
    house.sync("ada", "bob")
    house.run("ada", "record", case, house.root / "record.pdf")
    house.run("ada", "acts", house.root / "acts", "--case", case)
    house.run("ada", "export", house.root / "all.countersign")


@pytest.fixture
def house(founded, tmp_path):
    return copied(founded, tmp_path / "house")


def copied(house: House, root) -> House:
    shutil.copytree(house.root, root, dirs_exist_ok=True)
    return House(root, house.org)


@pytest.fixture(scope="module")
def waiting(founded, tmp_path_factory):
    house = copied(founded, tmp_path_factory.mktemp("filed"))
    case = house.file()
    house.sync("ada", "dan")
    return house, case


@pytest.fixture
def filed(waiting, tmp_path):
    """A request that has reached the CISO, and nobody else."""
    house, case = waiting
    return copied(house, tmp_path / "house"), case
