"""Attaching evidence: what kind it is, and where the same file is already."""

from __future__ import annotations

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.base.wording import words
from intake.domain.playbook.questions import QuestionRole
from intake.formats.file_kinds import ProgramRefused
from intake.services.deciding.records_at_hand import record_of
from intake.services.filing import evidence, filing
from intake.services.filing.evidence import EmptyFile, FileNameTooLong, FileTooLarge
from intake.services.installation.installation import Installation
from tests.filled import filled
from tests.services.offices import Offices
from tests.services.test_seals import decided

PAPER = b"%PDF-1.7 the same paper"


def question(installation: Installation) -> str:
    return installation.shelf.current.role(QuestionRole.EVIDENCE)


def test_the_content_says_what_a_file_is(offices: Offices) -> None:
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")

    taken = filing.attach(installation, draft, question(installation), "report.docx", "application/msword", PAPER)

    assert taken.attachment.media_type == "application/pdf"
    assert taken.attachment.sha256 == sha256(PAPER)
    assert taken.duplicates == ()
    assert filing.view(installation, draft).guide.answers[question(installation)].files == (taken.attachment,)


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("empty.pdf", b"", EmptyFile),
        ("large.pdf", b"%PDF-" + bytes(evidence.MAX_FILE), FileTooLarge),
        ("report.exe", b"MZ", ProgramRefused),
        ("report\u202efdp.exe", b"MZ", ProgramRefused),
    ],
)
def test_what_cannot_be_attached_leaves_the_draft_alone(
    offices: Offices, name: str, data: bytes, refusal: type[Exception]
) -> None:
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")

    with pytest.raises(refusal):
        filing.attach(installation, draft, question(installation), name, "", data)

    assert installation.register.drafts.get(draft).files == ()


def test_the_same_file_is_recognised_in_the_draft_under_another_name(offices: Offices) -> None:
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")
    filing.attach(installation, draft, question(installation), "one.pdf", "", PAPER)

    (found,) = filing.attach(installation, draft, question(installation), "two.pdf", "", PAPER).duplicates

    assert (found.question, found.name, found.case) == (question(installation), "one.pdf", "")
    assert words(found.said).startswith("You attached the same file under “")


def test_the_same_file_is_recognised_in_another_use_case(offices: Offices) -> None:
    installation = offices.installations["ada"]
    first = filing.start(installation, "ada")
    guide = filled(installation.shelf.current)
    installation.register.drafts.answers(first, {key: answer.as_json() for key, answer in guide.answers.items()})
    filing.attach(installation, first, question(installation), "one.pdf", "", PAPER)
    case = filing.file(installation, offices.signer("ada"), first).case
    second = filing.start(installation, "ada")
    revision = filing.start(installation, "ada", case=case)

    (found,) = filing.attach(installation, second, question(installation), "mine.pdf", "", PAPER).duplicates
    again = filing.attach(installation, revision, question(installation), "one.pdf", "", PAPER).duplicates

    row = installation.register.queries.row(case)
    assert (found.case, found.reference, found.title) == (case, row.reference, row.title)
    assert words(found.said) == f"The same file is part of {row.reference}, “{row.title}”."
    assert [item.case for item in again] == [""]


@pytest.mark.attack("two files whose long names end alike", refusal="FileNameTooLong")
def test_a_name_that_is_too_long_is_refused_and_not_cut(offices: Offices) -> None:
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")
    longest = "a" * 196 + ".pdf"

    with pytest.raises(FileNameTooLong) as refused:
        filing.attach(installation, draft, question(installation), "x" + longest, "", PAPER)
    kept = filing.attach(installation, draft, question(installation), longest, "", PAPER).attachment

    assert kept.name == longest
    assert "it has 201 characters, at most 200 are kept" in refused.value.what_happened
    assert len(refused.value.what_happened) < 200
    assert [item.attachment.name for item in installation.register.drafts.get(draft).files] == [longest]


def test_our_own_record_is_attached_with_a_word_on_the_data_in_it(offices: Offices) -> None:
    case = decided(offices)
    _, record = record_of(offices.installations["dan"], case)
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")

    taken = filing.attach(ada, draft, question(ada), "decision.pdf", "", record)

    assert taken.attachment.media_type == "application/pdf"
    (remark,) = map(words, taken.remarks)
    assert remark.startswith("“decision.pdf” carries a file in it.")


def test_what_lies_in_a_file_is_said_when_it_is_attached(offices: Offices) -> None:
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada")

    assert filing.attach(ada, draft, question(ada), "plain.pdf", "", PAPER).remarks == ()
