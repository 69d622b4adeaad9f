"""The second answer of ``verify``: whether what a record says is so today, and the exit code that follows from both."""

from __future__ import annotations

import hashlib
import shutil

import pytest

from tests.commands.conftest import copied
from tests.commands.house import document, run

pytestmark = pytest.mark.exhaustive


@pytest.fixture
def suspended(decided, tmp_path):
    """The decided house after the CISO suspended the use case; Bob's register knows it, the acts beside the record do not."""
    found, case = decided
    house = copied(found, tmp_path / "house")
    house.sync("cleo", "dan")
    house.run("dan", "suspend", case, "--reason", "It leaked.")
    house.sync("dan", "bob")
    return house, case


def the_file(house, *words, expect=0):
    return document(run("verify", *words, "--json", expect=expect), "verify")["files"][0]


def test_a_record_in_force_says_so_and_from_what_it_is_known(decided):
    house, _ = decided

    found = the_file(house, house.root / "record.pdf", "--home", house.home("bob"))

    assert found["indication"] == "TOTAL-PASSED"
    assert (found["stands"]["standing"], found["stands"]["holds"]) == ("in-force", True)
    assert found["stands"]["known_by"] == "act"
    assert found["next"]["code"] == "NextInForce"


def test_a_suspended_record_holds_and_does_not_stand(suspended):
    """The fault this closes: its verdict said that nothing needs to be done."""
    house, _ = suspended

    found = the_file(house, house.root / "record.pdf", "--home", house.home("bob"), expect=4)

    assert found["indication"] == "TOTAL-PASSED"
    assert (found["stands"]["standing"], found["stands"]["holds"]) == ("suspended", False)
    assert [(item["person"], item["office"]) for item in found["stands"]["by"]] == [("dan", "ciso")]
    assert found["next"]["code"] == "NextSuspended"
    said = house.run("bob", "verify", house.root / "record.pdf", expect=4).stdout
    assert "Nothing needs to be done" not in said
    assert "suspended: It is suspended since" in said
    assert "by the CISO (Dan)" in said


def test_who_has_only_the_acts_of_then_is_told_of_which_day_they_are(suspended):
    house, _ = suspended
    beside = ("--org", house.org, "--acts", house.root / "acts", "--home", house.root / "none")

    found = the_file(house, *beside, house.root / "record.pdf")

    assert found["stands"]["standing"] == "in-force"
    assert found["stands"]["known"]["code"] == "KnownByAct"


def test_without_acts_it_is_not_known_and_that_is_no_no(decided):
    house, _ = decided

    found = the_file(house, house.root / "record.pdf", "--home", house.root / "none", expect=2)

    assert (found["stands"]["standing"], found["stands"]["holds"]) == ("not-known", True)


@pytest.mark.attack(
    "take the suspension out of the acts beside a record",
    refusal="StandsActsAbsent: whether it is in force is not known",
)
def test_a_checkpoint_says_how_fresh_it_is_and_remembers_what_is_kept_back(suspended, tmp_path):
    """Whoever takes the suspension out of the folder leaves a checkpoint behind that lists it."""
    house, case = suspended
    house.run("bob", "roster", "checkpoint")
    house.run("bob", "acts", tmp_path / "acts", "--case", case)
    beside = ("--org", house.org, "--acts", tmp_path / "acts", "--home", house.root / "none", house.root / "record.pdf")
    assert the_file(house, *beside, expect=4)["stands"]["known_by"] == "checkpoint"
    for path in (tmp_path / "acts").iterdir():
        if b'"kind":"suspend"' in path.read_bytes():
            path.unlink()

    found = the_file(house, *beside)

    assert found["stands"]["standing"] == "not-known"
    assert found["stands"]["said"]["facts"]["reason"]["code"] == "StandsActsAbsent"


def test_of_several_files_the_worst_in_the_order_1_3_2_4_0(suspended, tmp_path):
    house, _ = suspended
    record, home = house.root / "record.pdf", ("--home", house.home("bob"))
    junk, changed, foreign = tmp_path / "junk.pdf", tmp_path / "changed.pdf", tmp_path / "foreign.p7m"
    junk.write_bytes(b"no record")
    changed.write_bytes(record.read_bytes() + b"\n")
    shutil.copy(next((house.root / "acts").glob("*.p7m")), foreign)

    run("verify", record, foreign, *home, expect=4)
    run("verify", record, junk, *home, expect=3)
    run("verify", record, junk, changed, *home, expect=1)
    run("verify", record, "--org", "ab" * 32, *home, expect=2)


# --------------------------------------------------------------------------------------------- statements of standing
@pytest.fixture
def stated(decided, tmp_path):
    """The decided house, a statement of standing by the records team, and the words that verify by files without its case."""
    found, case = decided
    house = copied(found, tmp_path / "house")
    made = house.ask("bob", "standing", case, "--out", house.root / "record.standing.p7m")
    assert made["record"] == hashlib.sha256((house.root / "record.pdf").read_bytes()).hexdigest()
    rosters = house.root / "rosters"
    house.run("bob", "acts", rosters)
    return house, case, ("--org", house.org, "--acts", rosters, "--home", house.root / "none")


def with_statement(house, path, *words, expect=0):
    return the_file(house, *words, house.root / "record.pdf", "--standing", path, expect=expect)


def test_a_statement_of_the_records_team_is_believed_by_its_signature_and_right(stated):
    house, _, _ = stated
    beside = ("--org", house.org, "--acts", house.root / "acts", "--home", house.root / "none")

    found = with_statement(house, house.root / "record.standing.p7m", *beside)

    assert (found["statement"]["indication"], found["statement"]["role"]) == ("TOTAL-PASSED", "records")
    assert (found["statement"]["standing"], found["statement"]["age_days"]) == ("in-force", 0)
    assert found["stands"]["standing"] == "in-force"
