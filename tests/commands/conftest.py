from __future__ import annotations

import pytest

from tests.commands.house import House
from tests.commands.stages import copied, founded_house
from tests.lending import lent_readers
from tests.once import made_once
from tests.printed import printed_once

__all__ = ["lent_readers", "printed_once"]


@pytest.fixture(scope="session")
def founded():
    return founded_house()


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
