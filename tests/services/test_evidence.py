"""Attaching evidence: what kind it is, and where the same file is already."""

from __future__ import annotations

import pytest

from intake.domain.base.canonical import sha256
from intake.domain.playbook.questions import Role
from intake.formats.file_kinds import ProgramRefused
from intake.services.filing import evidence, filing
from intake.services.filing.evidence import EmptyFile, FileTooLarge
from intake.services.installation.installation import Desk
from tests.filled import filled
from tests.services.offices import Offices

PAPER = b"%PDF-1.7 the same paper"


def question(desk: Desk) -> str:
    return desk.shelf.current.role(Role.EVIDENCE)


def test_the_content_says_what_a_file_is(offices: Offices) -> None:
    desk = offices.desks["ada"]
    draft = filing.start(desk, "ada")

    taken = filing.attach(desk, draft, question(desk), "report.docx", "application/msword", PAPER)

    assert taken.attachment.media_type == "application/pdf"
    assert taken.attachment.sha256 == sha256(PAPER)
    assert taken.duplicates == ()
    assert filing.view(desk, draft).guide.answers[question(desk)].files == (taken.attachment,)


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
    desk = offices.desks["ada"]
    draft = filing.start(desk, "ada")

    with pytest.raises(refusal):
        filing.attach(desk, draft, question(desk), name, "", data)

    assert desk.register.drafts.get(draft).files == ()


def test_the_same_file_is_recognised_in_the_draft_under_another_name(offices: Offices) -> None:
    desk = offices.desks["ada"]
    draft = filing.start(desk, "ada")
    filing.attach(desk, draft, question(desk), "one.pdf", "", PAPER)

    (found,) = filing.attach(desk, draft, question(desk), "two.pdf", "", PAPER).duplicates

    assert (found.question, found.name, found.case) == (question(desk), "one.pdf", "")
    assert found.text.startswith("You attached the same file under “")


def test_the_same_file_is_recognised_in_another_use_case(offices: Offices) -> None:
    desk = offices.desks["ada"]
    first = filing.start(desk, "ada")
    guide = filled(desk.shelf.current)
    desk.register.drafts.answers(first, {key: answer.as_json() for key, answer in guide.answers.items()})
    filing.attach(desk, first, question(desk), "one.pdf", "", PAPER)
    case = filing.file(desk, offices.signer("ada"), first).case
    second = filing.start(desk, "ada")
    revision = filing.start(desk, "ada", case=case)

    (found,) = filing.attach(desk, second, question(desk), "mine.pdf", "", PAPER).duplicates
    again = filing.attach(desk, revision, question(desk), "one.pdf", "", PAPER).duplicates

    row = desk.register.queries.row(case)
    assert (found.case, found.reference, found.title) == (case, row.reference, row.title)
    assert found.text == f"The same file is part of {row.reference}, “{row.title}”."
    assert [item.case for item in again] == [""]
