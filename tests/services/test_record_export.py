"""Records that leave: copies in a folder with a manifest, the report of what was verified, and the list as pages."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest

from intake.domain.base.canonical import sha256
from intake.files import NotWritten
from intake.records import preview
from intake.records.proof.verdict import Indication
from intake.records.reading import claims
from intake.services.filing import filing
from intake.services.lists import paper_list, record_export
from intake.services.lists.record_check import REPORT_COLUMNS, CheckedAs, write_report
from intake.services.lists.record_export import ACTS, CHECKING, MANIFEST, SUMS, export_records
from intake.services.lists.table_file import ListedCases
from intake.services.proving.verifying import verify, verify_beside
from tests.filled import filled
from tests.services.offices import Offices, fill
from tests.services.record_checks import check_records
from tests.services.test_record_check import three_cases


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_bytes().decode("utf-8-sig").splitlines(keepends=True), strict=True))


def plainly(tier: str, phase: str) -> tuple[str, str]:
    return tier.title(), phase.title()


def test_copies_come_with_a_manifest_that_says_why_where_there_is_none(offices: Offices, tmp_path: Path) -> None:
    decided, alone, filed = three_cases(offices)
    target = tmp_path / "away"
    target.mkdir()

    found = export_records(offices.installations["cleo"], verify, ListedCases(), target)

    lines = {line["case"]: line for line in read(found.folder / MANIFEST)}
    assert found.folder.parent == target
    assert (found.copied, found.total, set(lines)) == (2, 3, {decided, alone, filed})
    assert (lines[filed]["file"], lines[filed]["sha256"], lines[filed]["size"]) == ("", "", "")
    assert "There is no record of this use case yet." in lines[filed]["note"]
    assert "One signature so far" in lines[alone]["note"]
    assert lines[decided]["note"] == ""
    for case in (decided, alone):
        copy = (found.folder / lines[case]["file"]).read_bytes()
        assert sha256(copy) == lines[case]["sha256"]
        assert len(copy) == int(lines[case]["size"])
        assert claims.case_of(copy) == case
    assert {item.name for item in found.folder.iterdir()} == {
        MANIFEST, SUMS, ACTS, CHECKING, lines[decided]["file"], lines[alone]["file"],
    }  # fmt: skip
    # What is handed over proves itself, by what stands beside it alone.
    org = offices.installations["cleo"].register.org
    verdict = verify_beside(found.folder / lines[decided]["file"], org, (found.folder / ACTS).iterdir())
    assert verdict.indication is Indication.PASSED
    assert f"--org {org} --acts {ACTS}" in (found.folder / CHECKING).read_text("utf-8")
    checked = subprocess.run(["sha256sum", "-c", SUMS], cwd=found.folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.exhaustive
def test_a_record_that_fails_is_named_and_not_copied(offices: Offices, tmp_path: Path) -> None:
    decided, _, _ = three_cases(offices)

    def judge(installation: object, data: bytes) -> object:
        return verify(offices.installations["cleo"], data.replace(b"/Title", b"/Tytle"))

    chosen = ListedCases(chosen=(decided,))
    found = export_records(offices.installations["cleo"], judge, chosen, tmp_path)  # type: ignore[arg-type]

    (line,) = read(found.folder / MANIFEST)
    assert (found.copied, line["file"]) == (0, "")
    assert "fails its verdict" in line["note"]


@pytest.mark.attack(
    "a folder of records handed on that was stopped in the middle", refusal="its name and manifest say so"
)
def test_what_was_copied_stays_with_its_manifest_when_it_is_stopped(offices: Offices, tmp_path: Path) -> None:
    three_cases(offices)
    asked = iter([False, True])

    found = export_records(offices.installations["cleo"], verify, ListedCases(), tmp_path, stopped=lambda: next(asked))

    assert (len(found.lines), found.total) == (1, 3)
    assert found.folder.name.endswith(" (incomplete)")
    assert found.folder.is_dir()
    first, *left = read(found.folder / MANIFEST)
    assert first["note"] != left[0]["note"] == left[1]["note"] == "Not copied: the copying was stopped before it."
    assert len(left) == 2
    assert len((found.folder / SUMS).read_text().splitlines()) == found.copied


def test_a_folder_that_is_there_or_cannot_be_made_is_left_alone(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided, _, _ = three_cases(offices)
    cleo, chosen = offices.installations["cleo"], ListedCases(chosen=(decided,))
    with pytest.raises(NotWritten):
        export_records(cleo, verify, chosen, tmp_path / "not there")
    now = offices.clock.now
    first = export_records(cleo, verify, chosen, tmp_path)
    offices.clock.now = now

    with pytest.raises(NotWritten):
        export_records(cleo, verify, chosen, tmp_path)
    assert len(read(first.folder / MANIFEST)) == 1

    def full(*_: object, **__: object) -> Path:
        raise NotWritten(name="x", detail="no space left on the device")

    monkeypatch.setattr(record_export, "write_whole", full)
    with pytest.raises(NotWritten):
        export_records(cleo, verify, chosen, tmp_path)
    # Without a manifest it is not whole.
    assert not any((folder / MANIFEST).exists() for folder in tmp_path.glob("Records *") if folder != first.folder)


def test_the_report_has_a_line_for_every_record_that_was_judged(offices: Offices, tmp_path: Path) -> None:
    decided, alone, filed = three_cases(offices)
    found = check_records(offices.installations["cleo"], verify, ListedCases())

    count = write_report(tmp_path / "report.csv", found)

    lines = {line["case"]: line for line in read(tmp_path / "report.csv")}
    assert count == 3
    assert list(lines[decided]) == list(REPORT_COLUMNS)
    assert {case: line["found"] for case, line in lines.items()} == {
        decided: CheckedAs.HOLDS, alone: CheckedAs.REMARK, filed: CheckedAs.MISSING,
    }  # fmt: skip
    decision = offices.installations["cleo"].state(decided).decision
    assert decision is not None
    assert decision.record is not None
    assert lines[decided]["sha256"] == decision.record.sha256
    assert lines[filed]["sha256"] == ""
    assert all(line["judged"].startswith("2026-11-2") for line in lines.values())


def test_the_list_on_paper_holds_every_line_and_says_that_it_is_no_record(offices: Offices) -> None:
    decided, alone, filed = three_cases(offices)
    cleo = offices.installations["cleo"]

    pdf = paper_list.pages_of(cleo, ListedCases(), "Records", {"Kind of record": "Decided"}, plainly)

    text = " ".join("\n".join(preview.text(pdf, 0, len(preview.pages(pdf).sizes))).split())
    for case in (decided, alone, filed):
        row = cleo.register.queries.row(case)
        assert row is not None
        assert row.reference in text
    assert "Minimal Decided 2026-11-22 2027-11-22" in text
    assert "LIST OF USE CASES" in text
    assert "A list, not a decision" in text
    assert "Kind of record Decided" in text
    assert "Use cases 3" in text


@pytest.mark.attack("formulas in a table for spreadsheets", refusal="it stays text, with an apostrophe in front")
@pytest.mark.attack("markup, pictures and links drawn into a record", refusal="it is printed as text")
@pytest.mark.exhaustive
def test_a_hostile_title_is_text_in_manifest_report_and_on_paper(offices: Offices, tmp_path: Path) -> None:
    ada = offices.installations["ada"]
    title = "=cmd|' /c calc'!A1 <img src='/etc/passwd'> ../../x \U0001f9ea"
    draft = filing.start(ada, "ada")
    fill(ada, draft, filled(ada.shelf.current, {ada.shelf.current.role("title"): title}))
    case = filing.file(ada, offices.signer("ada"), draft).case
    offices.travel("ada", "dan")
    offices.decide("dan", case)
    dan = offices.installations["dan"]

    found = export_records(dan, verify, ListedCases(), tmp_path)
    write_report(tmp_path / "report.csv", check_records(dan, verify, ListedCases()))
    pdf = paper_list.pages_of(dan, ListedCases(), "Records", {}, plainly)

    (line,), (checked,) = read(found.folder / MANIFEST), read(tmp_path / "report.csv")
    assert line["title"] == checked["title"] == f"'{title}"
    assert line["file"].startswith("UC-")
    assert {item.parent for item in tmp_path.rglob("*.pdf")} == {found.folder}
    text = " ".join("\n".join(preview.text(pdf, 0, 1)).split())
    assert "<img src='/etc/passwd'> ../../x" in text
    assert "an empty box is shown instead" in text


def test_a_list_that_is_too_long_or_empty_is_not_set(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> None:
    three_cases(offices)
    cleo = offices.installations["cleo"]
    monkeypatch.setattr(paper_list, "MOST", 2)

    with pytest.raises(paper_list.TooLongToPrint) as refused:
        paper_list.pages_of(cleo, ListedCases(), "Records", {}, plainly)
    with pytest.raises(paper_list.NothingToPrint):
        paper_list.pages_of(cleo, ListedCases(filters=(("phase", "declined"),)), "Records", {}, plainly)
    assert refused.value.what_happened == "The list has 3 use cases, more than the 2 that are set on pages."
