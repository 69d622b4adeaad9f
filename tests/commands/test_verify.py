"""``verify``: records, acts and packages, with a register, with files beside them, and with nothing."""

from __future__ import annotations

import random
import shutil

import pytest

from intake.domain.acts.kinds import SEALED
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.acts.kinds.enrol import EnrolBody
from intake.trust.acts import verify_act
from tests.commands.house import document, run
from tests.people import person

FLIPS = 60
"""Bytes changed one at a time in the quick run; ``tests/records`` changes every one of them in the full check."""


def verdicts(*words, expect):
    found = document(run("verify", *words, "--json", expect=expect), "verify")
    return found["indication"], [item["indication"] for item in found["files"]]


@pytest.fixture
def beside(decided):
    """The words that judge by nothing but files: the organisation's id and a folder of acts."""
    house, _ = decided
    return "--org", house.org, "--acts", house.root / "acts"


# ------------------------------------------------------------------------------------------------------- records
def test_a_record_passes_by_the_register(decided):
    house, _ = decided

    said = house.run("bob", "verify", house.root / "record.pdf").stdout

    assert said.startswith("TOTAL-PASSED\n")
    assert "Cleo" in said
    assert "Dan" in said


def test_a_record_passes_by_files_and_the_name_of_the_organisation(decided, beside, tmp_path):
    house, _ = decided

    result = run("verify", *beside, house.root / "record.pdf", "--home", tmp_path / "none", "--json")

    found = document(result, "verify")["files"][0]
    assert found["indication"] == "TOTAL-PASSED"
    assert {item["office"] for item in found["signatures"]} == {"CIO", "CISO"}
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("order", ["before", "after"])
def test_the_home_may_stand_before_or_after_the_command(decided, order):
    house, _ = decided
    words = ["verify", house.root / "record.pdf"]
    home = ["--home", house.home("bob")]

    run(*(home + words if order == "before" else words + home))


def test_without_an_anchor_a_record_is_indeterminate(decided, tmp_path):
    house, _ = decided
    record = house.root / "record.pdf"
    nowhere = ("--home", tmp_path / "none")

    assert verdicts(record, *nowhere, expect=2)[0] == "INDETERMINATE"
    assert verdicts(record, "--acts", house.root / "acts", *nowhere, expect=2)[0] == "INDETERMINATE"
    assert verdicts(record, "--org", house.org, *nowhere, expect=2)[0] == "INDETERMINATE"


def test_another_organisation_does_not_vouch(decided, tmp_path):
    house, _ = decided
    rival = "ab" * 32

    assert verdicts("--org", rival, "--acts", house.root / "acts", house.root / "record.pdf", expect=2)[0]
    assert verdicts("--org", rival, house.root / "record.pdf", "--home", house.home("bob"), expect=2)[0]


def test_a_register_of_no_organisation_is_no_anchor(decided, tmp_path):
    house, _ = decided
    run("list", "--home", tmp_path / "fresh")

    assert verdicts(house.root / "record.pdf", "--home", tmp_path / "fresh", expect=2)[0] == "INDETERMINATE"


@pytest.mark.exhaustive
def test_a_changed_byte_never_passes(decided, beside, tmp_path):
    house, _ = decided
    data = (house.root / "record.pdf").read_bytes()
    draw = random.Random(2)
    changed = []
    for number in range(FLIPS):
        place = draw.randrange(len(data)) if number > 3 else (0, 8, len(data) - 1, len(data) // 2)[number]
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << draw.randrange(8))]) + data[place + 1 :])
        changed.append(path)

    result = run("verify", *beside, *changed, "--json", expect=1)

    found = document(result, "verify")["files"]
    assert len(found) == FLIPS
    assert {item["indication"] for item in found} <= {"TOTAL-FAILED", "UNREADABLE"}


@pytest.mark.parametrize("change", ["appended", "cut"])
def test_a_longer_or_shorter_record_does_not_pass(decided, beside, tmp_path, change):
    house, _ = decided
    data = (house.root / "record.pdf").read_bytes()
    path = tmp_path / "changed.pdf"
    path.write_bytes(data + b"\n" if change == "appended" else data[:-1])

    assert verdicts(*beside, path, expect=1)[0] == "TOTAL-FAILED"


# ----------------------------------------------------------------------------------------------- acts and packages
def test_every_act_of_a_decision_passes(decided, beside):
    house, _ = decided
    acts = sorted((house.root / "acts").glob("*.p7m"))

    worst, each = verdicts(*beside, *acts, expect=2)

    # Whether a seal is good depends on the file it names, and only acts are here.
    assert worst == "INDETERMINATE"
    assert len(each) == len(acts) >= 10
    assert each == ["INDETERMINATE" if _is_seal(path) else "TOTAL-PASSED" for path in acts]


def test_a_seal_passes_where_the_register_has_its_file(decided):
    house, _ = decided
    acts = sorted((house.root / "acts").glob("*.p7m"))
    (seal,) = filter(_is_seal, acts)

    assert house.ask("bob", "verify", seal)["indication"] == "TOTAL-PASSED"


def _is_seal(path):
    return verify_act(path.read_bytes()).act.kind == SEALED.name


def test_a_changed_act_fails_or_is_unreadable(decided, beside, tmp_path):
    house, _ = decided
    data = next((house.root / "acts").glob("*.p7m")).read_bytes()
    draw = random.Random(3)
    for number in range(20):
        place = draw.randrange(len(data))
        (tmp_path / f"{number}.p7m").write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])

    _, each = verdicts(*beside, *sorted(tmp_path.glob("*.p7m")), expect=1)

    assert set(each) <= {"TOTAL-FAILED", "UNREADABLE"}


@pytest.mark.attack("a certificate the roster does not list", refusal="TOTAL-FAILED")
def test_an_act_of_a_stranger_is_not_vouched_for(decided, beside, tmp_path):
    house, case = decided
    body = CommentBody("I was here", "").as_json()
    made = person("mallory").act("comment", body, org=house.org, case=case, roster=house.org, after=[case])
    (tmp_path / "stranger.p7m").write_bytes(made.blob)

    assert verdicts(*beside, tmp_path / "stranger.p7m", expect=1)[1] == ["TOTAL-FAILED"]
    assert verdicts(tmp_path / "stranger.p7m", "--home", tmp_path / "none", expect=2)[1] == ["INDETERMINATE"]


def test_a_package_passes_with_the_organisation_alone(decided, tmp_path):
    house, _ = decided
    package = house.root / "all.countersign"

    assert verdicts("--org", house.org, package, "--home", tmp_path / "none", expect=0)[0] == "TOTAL-PASSED"
    assert verdicts(package, "--home", tmp_path / "none", expect=2)[0] == "INDETERMINATE"
    assert verdicts("--org", "cd" * 32, package, "--home", tmp_path / "none", expect=2)[0] == "INDETERMINATE"


def test_a_changed_package_does_not_pass(decided, tmp_path):
    house, _ = decided
    data = (house.root / "all.countersign").read_bytes()
    for number, share in enumerate((0.1, 0.3, 0.5, 0.7, 0.95)):
        place = int(len(data) * share)
        (tmp_path / f"{number}.countersign").write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])

    _, each = verdicts("--org", house.org, *sorted(tmp_path.glob("*.countersign")), expect=1)

    assert set(each) <= {"TOTAL-FAILED", "UNREADABLE"}


# ------------------------------------------------------------------------------------------------ several, unreadable
@pytest.mark.exhaustive
def test_of_several_files_the_worst_decides(decided, beside, tmp_path):
    house, _ = decided
    good, bad, none = house.root / "record.pdf", tmp_path / "bad.pdf", tmp_path / "none.pdf"
    bad.write_bytes(good.read_bytes()[:-1])
    foreign = tmp_path / "foreign.p7m"
    asked = EnrolBody("Mallory", "", person("mallory").certificate_der).as_json()
    foreign.write_bytes(person("mallory").act("enrol", asked).blob)

    assert verdicts(*beside, good, foreign, expect=2)[1] == ["TOTAL-PASSED", "INDETERMINATE"]
    assert verdicts(*beside, good, foreign, none, expect=3)[0] == "UNREADABLE"
    assert verdicts(*beside, good, none, bad, foreign, expect=1)[0] == "TOTAL-FAILED"


@pytest.mark.parametrize(
    "name", ["empty.pdf", "words.pdf", "words.p7m", "words.countersign", "words.txt", "folder.pdf"]
)
def test_what_is_none_of_ours_is_unreadable(decided, beside, tmp_path, name):
    path = tmp_path / name
    if name.startswith("folder"):
        path.mkdir()
    else:
        path.write_bytes(b"" if name.startswith("empty") else b"not one of ours")

    said = run("verify", *beside, path, expect=3).stdout

    assert said.startswith("UNREADABLE")


def test_a_folder_of_acts_that_is_not_there_is_refused(decided):
    house, _ = decided

    found = house.ask("bob", "verify", house.root / "record.pdf", "--acts", house.root / "nowhere", expect=3)

    assert found["refusal"]["code"] == "NoSuchFolder"


@pytest.mark.parametrize("name", ["", "Test Works", "ab" * 31, "zz" * 32])
def test_an_organisation_is_named_by_its_whole_id(decided, name):
    house, _ = decided

    found = house.ask("bob", "verify", house.root / "record.pdf", "--org", name, expect=2)

    assert found["refusal"]["code"] == "NotAnOrganisation"


def test_rubbish_among_the_acts_changes_nothing(decided, beside, tmp_path):
    house, _ = decided
    acts = tmp_path / "acts"
    shutil.copytree(house.root / "acts", acts)
    (acts / "rubbish.p7m").write_bytes(b"\x30\x80nothing")
    (acts / "folder.p7m").mkdir()

    assert verdicts("--org", house.org, "--acts", acts, house.root / "record.pdf", expect=0)[0] == "TOTAL-PASSED"
