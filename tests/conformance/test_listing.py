"""Lists on paper against other people's programs: veraPDF for form and tags, qpdf for repair, pdftotext for words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.records import listing
from intake.records.fonts import Fonts
from intake.records.listing import ListContent, build_listing
from tests.conformance import verapdf
from tests.conformance.tools import run, tool

pytestmark = pytest.mark.conformance


def made(count: int, name: str) -> ListContent:
    return ListContent(
        title="Records",
        organisation_name="Test Works",
        dated=datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
        facts=(("Kind of record", "Decided"), ("Use cases", str(count))),
        header=("Reference", "Use case and unit", "Tier"),
        rows=tuple((f"UC-{number:04}-0000", name, "Minimal risk") for number in range(count)),
        widths=(2, 4, 2),
        placeholders=True,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, fonts: Fonts, icc: bytes) -> Path:
    place = tmp_path_factory.mktemp("listing")
    for name, content in {"one": made(1, "Minutes"), "long": made(150, "نتائج <b>1</b> 🧪 " * 4)}.items():
        (place / f"{name}.pdf").write_bytes(build_listing(content, fonts=fonts, icc=icc))
    return place


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_passes_every_list(folder: Path, flavour: str) -> None:
    assert verapdf.failures(sorted(folder.glob("*.pdf")), flavour) == []


def test_qpdf_finds_nothing_to_repair_and_every_page_says_what_it_is(folder: Path) -> None:
    for path in sorted(folder.glob("*.pdf")):
        pages = run(tool("pdftotext"), path, "-").rstrip("\f").split("\f")

        assert "No syntax or stream encoding errors found" in run(tool("qpdf"), "--check", path)
        assert [page for page in pages if listing.FOOTER not in page] == []
