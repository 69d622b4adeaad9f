"""A use case from its first filing to its retirement, as ``countersign demo --story life`` tells it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from intake.sample import life_steps
from intake.sample.journey import CIO, CISO, OWNER, JourneyBroken, JourneyPlace
from intake.sample.life import LIFE, all_the_same
from intake.sample.life_desk import LEFT, at_desk
from intake.services.deciding import deciding
from intake.services.installation.workspace import Workspace
from tests.commands.house import document, run

pytestmark = [
    pytest.mark.slow("six people live through the whole life of a use case"),
    pytest.mark.exhaustive,
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("life") / "told"


@pytest.fixture(scope="module")
def lived(root: Path) -> dict[str, Any]:
    said = run("demo", "--story", "life", "--headless", "--no-screens", "--out", root, "--json")
    return document(said, "demo")


def place(root: Path) -> JourneyPlace:
    return JourneyPlace(
        root,
        resources.read,
        resources.names,
        lambda: datetime.now(UTC).replace(microsecond=0),
        life_steps.TAKING_PART,
    )


def test_it_goes_through_every_phase_to_its_end(lived: dict[str, Any]) -> None:
    assert lived["phases"] == [
        *("changes-requested", "review", "acceptance", "decided", "suspended", "decided", "expired", "retired"),
    ]


def test_every_register_comes_to_the_same(lived: dict[str, Any]) -> None:
    assert lived["identical_after_merge"] is True


def test_the_answer_is_what_the_folder_holds(lived: dict[str, Any], root: Path) -> None:
    assert lived == {"ok": True, **json.loads((root / "summary.json").read_bytes())}
    assert not (root / LEFT).exists()
    assert not (root / "moments").exists()


def test_each_attempt_is_told_once_with_the_code_that_it_met(lived: dict[str, Any]) -> None:
    met = {item["attempt"]: item["reason_code"] or item["code"] for item in lived["refused"]}

    assert len(met) == len(lived["refused"])
    assert list(met.values()) == [
        *("NotInOffice", "GrantWithoutPapers", "GateNoPilot", "ReasonMissing"),
        *("WiderWithoutReason", "WiderWithoutReason", "GrantTooLong", "LargerThanAsked", "FirstDayFarOff"),
        *("TermsExpired", "NothingToWaive", "AlreadyApproved", "NotYoursToAccept", "NothingRuns", "NoSuchPoint"),
        *("NothingToAccept", "NotInOffice", "OtherOfficeAsked", "OtherCurrency", "FiguresOfOtherDay", "NotInOffice"),
        *("NothingRuns", "NothingToLift", "GateUnmet", "TermsLeaveOut", "CommitmentSettled", "GrantTooLong"),
        *("NotYoursToHandOver", "NothingToTakeOver", "NotYours", "NotYoursToRetire", "LeftUnsaid", "AlreadyRetired"),
        *("RetiredByOwner", "NotAnAdministrator"),
    ]


def test_everybody_has_a_home_and_a_key_of_their_own(lived: dict[str, Any], root: Path) -> None:
    homes = [Workspace(root / "homes" / person) for person in life_steps.TAKING_PART]

    assert lived["organisation"]
    assert len({home.settings().key for home in homes}) == len(homes) == 6
    assert all(len(home.key_files()) == 1 for home in homes)


def test_each_finished_page_verifies_and_the_record_says_that_the_use_has_ended(
    lived: dict[str, Any], root: Path
) -> None:
    by = ("--acts", lived["acts"], "--org", lived["organisation"], "--home", root / "nobody", "--json")
    found = document(run("verify", *lived["pdfs"], *by, expect=2), "verify")["files"]

    kinds = [Path(name).stem[3:] for name in lived["pdfs"]]
    assert kinds == [*["opinion"] * 4, *["note-notice"] * 3, *["opinion"] * 2, *["note-notice"] * 2]
    # Of each pair the first copy has the signature of one office, and is not the record.
    passed = [item["indication"] == "TOTAL-PASSED" for item in found]
    assert passed == [False, True, False, True, True, True, True, False, True, True, True]
    (record,) = document(run("verify", lived["record"], "--standing", lived["statement"], *by, expect=4), "verify")[
        "files"
    ]
    assert record["stands"]["standing"] == "retired"


def test_a_home_that_knows_more_is_not_the_same(lived: dict[str, Any], root: Path) -> None:
    """What the comparison is worth: one comment that nobody else has."""
    assert lived["ok"]
    assert all_the_same(place(root))
    with at_desk(place(root), CIO, fetches=False, sends=False) as desk:
        deciding.comment(desk.installation, desk.signer, desk.case, "Kept to myself.")

    assert not all_the_same(place(root))


def test_what_should_have_been_refused_and_works_ends_the_story(lived: dict[str, Any], root: Path) -> None:
    assert lived["ok"]
    with at_desk(place(root), OWNER, fetches=False, sends=False) as desk, pytest.raises(JourneyBroken) as found:
        desk.tries("The owner reads the use case", desk.look)

    assert "should have been refused: The owner reads the use case" in found.value.sentence


def test_what_is_kept_for_pictures_are_homes_of_people_who_take_part() -> None:
    assert {person for step in LIFE.values() for person in step.seen} <= set(life_steps.TAKING_PART)
    assert {CIO, CISO, OWNER} <= {person for step in LIFE.values() for person in step.seen}
