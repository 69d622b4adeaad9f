"""The terminal tells a person who signed what has not left, lists it, and stays quiet once it has."""

from __future__ import annotations

import pytest

from tests.commands.house import House
from tests.mounts import read_only


@pytest.mark.exhaustive
def test_who_signs_reads_that_it_has_not_left_and_how_it_does(house: House) -> None:
    case = house.file()
    house.sync("ada", "dan")

    said = house.run("dan", "comment", case, "Why?")

    assert said.stderr.splitlines()[-1] == "1 act is signed here and not sent yet. Nobody else knows: countersign sync"
    found = house.ask("dan", "unsent")
    assert (found["unsent"], found["acts"][0]["kind"], found["acts"][0]["case"]) == (1, "comment", case)
    assert "Comment  UC-" in house.run("dan", "unsent").stdout

    assert house.ask("dan", "sync")["signed_unsent"] == 0
    assert house.ask("dan", "unsent")["unsent"] == 0
    assert house.run("dan", "unsent").stdout == "Everything that was signed here has left.\n"


@pytest.mark.exhaustive
def test_a_share_that_takes_nothing_leaves_it_unsent_and_says_so(house: House) -> None:
    case = house.file()
    house.sync("ada", "dan")
    house.run("ada", "comment", case, "More")
    house.sync("ada")
    house.run("dan", "comment", case, "Why?")

    with read_only(house.shared):
        found = house.run("dan", "sync", "--folder", house.shared, expect=2)

    assert "Signed here and not sent yet: 1" in found.stdout


def test_a_package_is_a_way_out_too(house: House, tmp_path) -> None:
    case = house.file()
    house.sync("ada", "dan")
    house.run("dan", "comment", case, "Why?")

    said = house.run("dan", "export", tmp_path / "all.countersign")

    assert "not sent yet" not in said.stderr
    assert house.ask("dan", "unsent")["unsent"] == 0


@pytest.mark.parametrize("asked", [("comment",), ("comment", "--json")])
@pytest.mark.exhaustive
def test_a_program_reads_its_document_only(house: House, asked: tuple[str, ...]) -> None:
    case = house.file()
    house.sync("ada", "dan")

    said = house.run("dan", *asked[:1], case, "Why?", *asked[1:])

    assert ("not sent yet" in said.stderr) == (len(asked) == 1)
    assert "not sent yet" not in said.stdout
