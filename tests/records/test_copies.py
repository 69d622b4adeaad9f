"""The copy of the answers reads well: nothing short is torn apart between two pages, and nothing short is alone on one."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

import resources
from intake.records.content import KeyValues, Paragraph, RecordSection
from intake.records.copies import CopyContent, build_copy
from intake.records.editions.printer import Printer

DIGEST = "cb5d19de07a029d70536b6e70f6215f4447a0718bfd880d014f97fd7e9461399"


def pages(*sections: RecordSection, organisation: str = "Test Works") -> list[str]:
    """The words of each page of a copy, with single spaces."""
    content = CopyContent(
        title="Letters",
        subtitle="",
        reference="UC-0001",
        organisation_name=organisation,
        dated=datetime(2026, 11, 22, tzinfo=UTC),
        summary=(KeyValues((("Signed act (SHA-256)", DIGEST),)),),
        sections=sections,
    )
    printer = Printer(resources.read)
    edition = printer.newest
    document = pypdfium2.PdfDocument(build_copy(content, fonts=printer.fonts(edition), icc=printer.icc(edition)))
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("before", range(12))
def test_a_question_and_its_answer_stay_on_one_page(before: int) -> None:
    asked = tuple(
        (
            f"Question {n} is a whole sentence that takes as many as three lines of its narrow column, end {n}?",
            f"Said {n}.",
        )
        for n in range(30)
    )

    found = [
        " ".join(text.split())
        for text in pages(RecordSection("Answers", (Paragraph("Words. " * 14 * before), KeyValues(asked))))
    ]

    for number in range(30):
        (page,) = [index for index, text in enumerate(found) if f"Question {number} is" in text]
        assert f"end {number}?" in found[page]
        assert f"Said {number}." in found[page]


def test_an_answer_as_long_as_a_page_is_still_printed_whole() -> None:
    long = " ".join(f"word{n}" for n in range(1_500))

    found = " ".join(" ".join(pages(RecordSection("Answers", (KeyValues((("Why?", long),)),)))).split())

    assert all(f"word{n}" in found for n in range(1_500))


def test_a_section_of_one_sentence_goes_where_there_is_room_for_it() -> None:
    rows = tuple((f"Question {n}?", f"Said {n}.") for n in range(16))

    found = pages(
        RecordSection("Answers", (KeyValues(rows),)), RecordSection("Evidence", (Paragraph("No files are attached."),))
    )

    assert "No files are attached." in found[-1]
    assert "Said 15." in found[-1]


def test_a_digest_stands_on_one_line() -> None:
    (first, *_) = pages()

    assert any(DIGEST in line for line in first.splitlines())


@pytest.mark.attack("a name in the letterhead that is two lines", refusal="one line, and an ellipsis for the rest")
def test_a_name_in_the_letterhead_is_one_line() -> None:
    long = (
        "Test Works of the Northern Provinces and Islands, approved without any conditions at all by the board itself"
    )
    found = pages(RecordSection("Answers", (Paragraph("Words."),)), organisation=long)[0].splitlines()

    (line,) = [line for line in found if "Test Works" in line]
    assert "Test Works of the Northern Provinces and" in line
    assert line.rstrip().endswith("…")
    assert not any("approved without" in line or "board itself" in line for line in found)
