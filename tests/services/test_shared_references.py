"""One reference that stands for two use cases is never taken for either: it is refused, told apart, and no file is lost."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from intake.domain.case import summary
from intake.services.installation.workspace import Workspace
from intake.services.lists import cases, record_export
from intake.services.lists.cases import SeveralCases
from intake.services.lists.finding import FoundSort, find
from intake.services.lists.table_file import ListedCases
from intake.services.proving.verifying import verify
from intake.services.upkeep.diagnosing import diagnose
from tests.services.offices import Offices

SAID = "UC-0000-0000-0000"


@pytest.fixture
def one_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every case bears the same reference, as if somebody had made case after case until they did."""
    monkeypatch.setattr(summary, "_SAID", "0" * 32)


@pytest.mark.attack("two use cases with one reference made on purpose", refusal="SeveralCases")
def test_it_is_refused_and_both_are_named_by_title_and_whole_id(offices: Offices, one_for_all: None) -> None:
    one, other = offices.file(), offices.file()
    ada = offices.installations["ada"]

    with pytest.raises(SeveralCases) as refused:
        cases.the_one_called(ada, SAID)

    said = refused.value.what_happened
    assert said.startswith(f"2 use cases bear the reference {SAID}: ")
    for case in (one, other):
        row = cases.the_one_called(ada, case)
        assert row is not None
        assert row.case == case
        assert f"“{row.title}”, {case}" in said


def test_they_are_told_apart_where_they_are_found(offices: Offices, one_for_all: None) -> None:
    made = {offices.file(), offices.file()}

    found = find(offices.installations["ada"], SAID)

    assert {(item.key, item.about) for item in found if item.sort is FoundSort.CASE} == {
        (case, f"{SAID} (…{case[-12:]})") for case in made
    }


def test_the_doctor_tells_of_both(offices: Offices, one_for_all: None) -> None:
    offices.file()
    ada = offices.installations["ada"]
    assert cases.sharing(ada, cases.page(ada).rows) == frozenset()
    offices.file()

    found = diagnose(Workspace(offices.root / "ada"), ada).findings

    (told,) = [item.sentence for item in found if item.code == "alarms"]
    assert told.startswith(f"2 alarms, the first: {SAID}, another use case bears the same reference: “")
    assert cases.sharing(ada, cases.page(ada).rows) == {SAID}


def test_no_record_takes_the_place_of_another(
    offices: Offices, one_for_all: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [offices.file(), offices.file()]

    def at_hand(_: object, case: str, judge: object) -> SimpleNamespace:
        # Eight digits of two files are made alike with less work than a reference: as if they were.
        return SimpleNamespace(attachment=SimpleNamespace(sha256="ab" * 4 + case[8:]), data=case.encode(), words="")

    monkeypatch.setattr(record_export, "at_hand", at_hand)
    found = record_export.export_records(offices.installations["ada"], verify, ListedCases(), tmp_path)

    files = {line.row.case: found.folder / line.file for line in found.lines}
    assert {case: files[case].read_text() for case in made} == {case: case for case in made}
    assert f"{SAID} abababab.pdf" in {file.name for file in files.values()}
