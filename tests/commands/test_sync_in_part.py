"""``sync`` with a share that takes nothing, or not everything: what lies there comes, and what failed is said."""

from __future__ import annotations

import pytest

from intake.exchange.entries import EntryKind
from tests.commands.house import House
from tests.mounts import read_only


@pytest.fixture
def stopped(house: House) -> tuple[House, str]:
    """Dan's decline lies on the share; Cleo, who has not seen it, has a remark to send."""
    case = house.file()
    house.sync("ada", "dan", "cleo")
    house.run("dan", "decline", case, "--reason", "It leaks")
    house.sync("dan")
    house.run("cleo", "comment", case, "A remark")
    return house, case


@pytest.mark.exhaustive
def test_a_share_that_can_only_be_read_still_brings_what_lies_there(stopped: tuple[House, str]) -> None:
    house, case = stopped

    with read_only(house.shared):
        said = house.run("cleo", "sync", "--folder", house.shared, expect=2).stdout
        nothing_more = house.ask("cleo", "sync", expect=2)

    assert "1 act is new." in said
    assert f"You may not write into {house.shared}" in said
    assert house.ask("cleo", "show", case)["phase"] == "declined"
    assert set(nothing_more) == {"ok", "refusal"}
    assert nothing_more["refusal"]["code"] == "FolderReadOnly"
    assert house.ask("cleo", "sync")["sent"] > 0


def test_the_document_says_what_came_and_what_failed(stopped: tuple[House, str]) -> None:
    house, _ = stopped

    with read_only(house.shared):
        found = house.ask("cleo", "sync", "--folder", house.shared, expect=2)

    assert (found["new"], found["sent"], found["refusal"]["code"]) == (1, 0, "FolderReadOnly")


@pytest.mark.exhaustive
def test_files_that_could_not_be_sent_are_no_success(stopped: tuple[House, str]) -> None:
    house, _ = stopped
    for number in range(256):
        place = house.shared / house.org / EntryKind.ACT.folder / f"{number:02x}"
        if not place.exists():
            place.touch()
        elif place.is_dir():
            place.rename(place.with_name(f"moved {number}"))
            place.touch()

    found = house.ask("cleo", "sync", "--folder", house.shared, expect=2)

    # Her remark, and all that she has from others: it lies there, but no longer where it belongs, and is read back.
    assert (found["new"], found["unsent"], "refusal" in found) == (1, 10, False)
    assert "InTheWay" in {problem["code"] for problem in found["problems"]}
