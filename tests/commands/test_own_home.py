"""What somebody asks for as a copy, a list or a record is never written over a register, a key or a setting."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.commands.house import House
from tests.commands.stages import decided

ASKS = {
    "record": ["record", "CASE", "OUT"],
    "list": ["list", "--csv", "OUT"],
    "enrol": ["enrol", "--name", "Ada", "--out", "OUT"],
    "export": ["export", "OUT", "--replace"],
    "backup": ["backup", "OUT"],
    "standing": ["standing", "CASE", "--out", "OUT", "--replace"],
}


def held(home: Path) -> dict[str, str]:
    return {
        str(path.relative_to(home)): sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file() and path.suffix in {".sqlite", ".p12", ".json", ".mark"}
    }


@pytest.mark.attack("an output named like the register, a key or the settings", refusal="BelongsToHome")
@pytest.mark.slow("each command that writes, on a decided use case")
def test_nothing_is_written_over_what_belongs_to_a_home(house: House, tmp_path: Path) -> None:
    case = decided(house)
    home = house.home("cleo")
    key = next((home / "keys").glob("*.p12"))
    link = tmp_path / "link"
    link.symlink_to(home / "register.sqlite")
    before = held(home) | held(house.home("ada"))

    others = (home / "settings.json", key, link, house.home("ada") / "register.sqlite")
    for target, asked in (*((home / "register.sqlite", one) for one in ASKS), *((one, "list") for one in others)):
        words = [{"CASE": case, "OUT": str(target)}.get(word, word) for word in ASKS[asked]]
        refused = house.ask("cleo", *words, expect=2)["refusal"]
        assert refused["code"] == "BelongsToHome", (target, refused)

    assert held(home) | held(house.home("ada")) == before


def test_a_new_file_may_lie_in_a_home(house: House) -> None:
    target = house.home("ada") / "list.csv"

    house.run("ada", "list", "--csv", target)

    assert target.is_file()
