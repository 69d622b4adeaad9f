"""Whatever became of a decision, its sealed records are named with their SHA-256, who sealed them, and where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from intake.services.deciding.records_at_hand import NotItsRecord, at_hand, record_of
from intake.services.deciding.sealed_files import SealedFile, sealed_files
from intake.services.proving import verifying
from intake.trust.acts import verify_act
from tests.commands.house import run
from tests.services.offices import Offices
from tests.services.test_seals import decided, first_signed, twice_sealed


def files(offices: Offices, case: str, name: str = "bob") -> tuple[SealedFile, ...]:
    installation = offices.installations[name]
    return sealed_files(installation, installation.state(case))


def shown(offices: Offices, case: str, name: str = "bob") -> list[str]:
    lines = run("show", case, "--home", offices.root / name).stdout.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(("Record ", "Sealed as ")))
    return [line for line in lines[start:] if line.startswith(("Record ", "Sealed as ", "  "))]


def test_a_decided_case_names_its_record(offices: Offices) -> None:
    case = decided(offices)
    (item,) = files(offices, case)

    assert (item.by, item.in_force, item.rival, item.here) == ("Cleo", True, False, True)
    assert shown(offices, case)[:2] == [
        f"Record sealed: {item.sha256}",
        f"  Cleo sealed it on {item.at}. Its file is here.",
    ]


@pytest.mark.attack("pause a decision so that nobody finds its record", refusal="show names the sealed file")
@pytest.mark.exhaustive
def test_a_suspended_case_names_the_record_of_the_decision_before(offices: Offices, tmp_path: Path) -> None:
    case = decided(offices)
    _, pdf = record_of(offices.installations["bob"], case)
    offices.decide("dan", case, Position.DECLINE, reason="It leaks.")
    offices.travel("dan", "bob")
    (item,) = files(offices, case)

    assert offices.installations["bob"].state(case).phase is Phase.SUSPENDED
    lines = shown(offices, case)
    assert lines[:2] == [
        f"Sealed as {item.sha256}",
        f"  Cleo sealed it on {item.at}. It is the record of a decision that is not in force now. Its file is here.",
    ]
    saved = tmp_path / "record.pdf"
    said = run("record", case, saved, "--sha256", item.sha256, "--home", offices.root / "bob").stdout
    assert saved.read_bytes() == pdf
    assert "the decision is not in force now" in said


@pytest.mark.slow("two installations seal, and both files are judged")
@pytest.mark.exhaustive
def test_a_contradicted_case_names_both_files_and_each_can_be_saved(offices: Offices, tmp_path: Path) -> None:
    case, one, other = twice_sealed(offices)
    found = files(offices, case)

    assert {(item.in_force, item.rival, item.here) for item in found} == {(False, True, True)}
    lines = shown(offices, case)
    assert [line for line in lines if line.startswith("Sealed as ")] == [f"Sealed as {item.sha256}" for item in found]
    for number, item in enumerate(found):
        run("record", case, tmp_path / f"{number}.pdf", "--sha256", item.sha256, "--home", offices.root / "bob")
    assert {(tmp_path / f"{number}.pdf").read_bytes() for number in range(2)} == {one, other}


@pytest.mark.attack("hold back the file of a sealed record", refusal="show names it and who has it")
@pytest.mark.exhaustive
def test_a_file_that_has_not_arrived_is_named_with_who_has_it(offices: Offices) -> None:
    case = first_signed(offices)
    offices.travel("dan", "bob")
    offices.decide("cleo", case)
    bob, queries = offices.installations["bob"], offices.installations["cleo"].register.queries
    bob.register.append([verify_act(blob) for _, _, blob in queries.every_act()])
    # The second opinion brought the same file; here it is the seal alone that waits.
    (item,) = files(offices, case)

    assert (item.by, item.in_force, item.here) == ("Cleo", False, False)
    first, second = shown(offices, case)[:2]
    assert first == f"Sealed as {item.sha256}"
    assert second == (
        f"  Cleo sealed it on {item.at}. Whether it is a record is known when its file is here. Its file is not here: "
        "fetch it, or ask Cleo for it."
    )


@pytest.mark.attack("ask for the record of another case", refusal="NotItsRecord")
@pytest.mark.exhaustive
def test_only_a_record_of_the_case_is_handed_out(offices: Offices) -> None:
    case = decided(offices)

    with pytest.raises(NotItsRecord, match="No signed record of this use case has the SHA-256 abab"):
        at_hand(offices.installations["bob"], case, verifying.verify, "ab" * 32)
