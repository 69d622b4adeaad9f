"""Copies of a request against other people's programs: veraPDF for form and tags, qpdf for repair, pdftotext for words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.records import copies
from intake.records.copies import CopyContent, build_copy
from intake.records.fonts import Fonts
from tests.conformance import verapdf
from tests.conformance.tools import run, tool
from tests.records import contents

pytestmark = pytest.mark.conformance


def made(title: str, reference: str, hostile: bool = False) -> CopyContent:
    source = contents.hostile() if hostile else contents.decision()
    return CopyContent(
        title=title,
        subtitle="Draft, not signed and not filed",
        reference=reference,
        organisation_name=source.organisation_name,
        dated=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        summary=source.summary,
        sections=source.sections,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, fonts: Fonts, icc: bytes) -> Path:
    place = tmp_path_factory.mktemp("copies")
    for name, content in {
        "draft": made("Minutes of meetings", ""),
        "filed": made("Minutes of meetings", "UC-7KQ2-91MD-4XTB"),
        "hostile": made("نتائج <b>1</b> 🧪", "UC-7KQ2-91MD-4XTB", hostile=True),
    }.items():
        (place / f"{name}.pdf").write_bytes(build_copy(content, fonts=fonts, icc=icc))
    return place


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_passes_every_copy(folder: Path, flavour: str) -> None:
    assert verapdf.failures(sorted(folder.glob("*.pdf")), flavour) == []


def test_qpdf_finds_nothing_to_repair(folder: Path) -> None:
    for path in sorted(folder.glob("*.pdf")):
        assert "No syntax or stream encoding errors found" in run(tool("qpdf"), "--check", path)


def test_every_page_says_in_words_that_it_is_no_decision(folder: Path) -> None:
    for path in sorted(folder.glob("*.pdf")):
        pages = run(tool("pdftotext"), path, "-").rstrip("\f").split("\f")

        assert [page for page in pages if copies.FOOTER not in page] == []
