"""The copy of the answers: what it says before and after filing, that it says what it is, and that it is a tagged PDF."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pypdfium2

from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionKind
from intake.records import copies
from intake.services.filing import answers_copy, filing
from tests.filled import filled
from tests.services.offices import Offices

TITLE = "Minutes of the works council"


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def draft(offices: Offices, *, open_points: bool = False) -> str:
    installation = offices.installations["ada"]
    name = filing.start(installation, "ada")
    answers = dict(filled(installation.shelf.current, {installation.shelf.current.role("title"): TITLE}).answers)  # type: ignore[arg-type]
    if open_points:
        question = next(
            item
            for item in installation.shelf.current.questions
            if item.kind is QuestionKind.LONG_TEXT and item.id in answers
        )
        answers[question.id] = Answer(None, ask="Grace of the data office")
    installation.register.drafts.answers(name, {key: answer.as_json() for key, answer in answers.items()})
    return name


def test_the_copy_of_a_draft_says_what_it_is_on_every_page(offices: Offices) -> None:
    pdf = answers_copy.of_draft(offices.installations["ada"], draft(offices))

    pages = pages_of(pdf)
    assert len(pages) > 1
    assert [page for page in pages if copies.FOOTER not in page] == []
    assert "Draft, not signed and not filed" in pages[0]
    assert TITLE in pages[0]


def test_the_copy_names_the_tier_open_points_with_who_will_know_and_files_with_digests(offices: Offices) -> None:
    installation = offices.installations["ada"]
    name = draft(offices, open_points=True)
    files = [question.id for question in installation.shelf.current.questions if question.kind is QuestionKind.FILES]
    shown = [question.id for question in filing.view(installation, name).guide.known.shown]
    asked = next(question for question in files if question in shown)
    kept = filing.attach(installation, name, asked, "Test report.txt", "text/plain", b"passed")

    text = " ".join(pages_of(answers_copy.of_draft(installation, name)))

    assert filing.view(installation, name).assessment.path.label in text
    assert "Grace of the data office" in text
    assert "Test report.txt" in text
    assert kept.attachment.sha256 in text.replace(" ", "")


def test_evidence_that_is_expected_and_missing_is_an_open_point(offices: Offices) -> None:
    installation = offices.installations["ada"]
    name = filing.start(installation, "ada")
    guide = filled(installation.shelf.current, {"start.stage": "scaled"})
    installation.register.drafts.answers(name, {key: answer.as_json() for key, answer in guide.answers.items()})
    expected = filing.view(installation, name).assessment.expected

    text = " ".join(pages_of(answers_copy.of_draft(installation, name)))

    assert expected
    assert f"Evidence expected: {installation.shelf.current.question(expected[0]).label}" in text


def test_the_copy_of_a_filed_revision_names_its_reference_and_act(offices: Offices) -> None:
    case = offices.file("ada")
    installation = offices.installations["ada"]
    revision = installation.state(case).current
    assert revision is not None
    told: list[tuple[int, int]] = []

    pdf = answers_copy.of_revision(installation, case, revision.id, lambda done, total, _: told.append((done, total)))

    text = " ".join(pages_of(pdf))
    assert f"Revision {revision.number}, filed" in text
    assert revision.id in text.replace(" ", "")
    assert copies.FOOTER_FILED.format(reference=installation.register.queries.page().rows[0].reference) in text
    assert told == [(0, 3), (1, 3), (2, 3)]
    # The same revision gives the same bytes whenever it is asked for.
    assert pdf == answers_copy.of_revision(installation, case, revision.id)


def test_the_copy_is_tagged_and_has_nowhere_to_sign(offices: Offices) -> None:
    pdf = answers_copy.of_draft(offices.installations["ada"], draft(offices))

    with pikepdf.Pdf.open(BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in opened.Root
        assert "/AcroForm" not in opened.Root
        assert dict(opened.attachments) == {}


def test_foreign_words_are_printed_as_they_are(offices: Offices) -> None:
    installation = offices.installations["ada"]
    name = draft(offices)
    filing.put(installation, name, installation.shelf.current.role("title"), "<b>bold</b> &amp; javascript:alert(1)")

    pages = pages_of(answers_copy.of_draft(installation, name))

    assert "<b>bold</b> &amp; javascript:alert(1)" in pages[0]


def test_the_copy_says_which_answers_show_boxes(offices: Offices) -> None:
    installation = offices.installations["ada"]
    name = draft(offices)
    assert "empty box" not in " ".join(pages_of(answers_copy.of_draft(installation, name)))
    filing.put(installation, name, installation.shelf.current.role("title"), "\u624b\u7d19\u3092\u5206\u985e")  # type: ignore[arg-type]

    pages = pages_of(answers_copy.of_draft(installation, name))

    assert copies.PLACEHOLDERS_IN.format(where="Name") in pages[0]
