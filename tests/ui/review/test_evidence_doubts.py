"""A file that no desk would attach, at the office that reads the revision: told at its row, and asked before it is saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.acts.kinds import REVISION
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.guide.as_filed import stage_of, title_of, unit_of
from intake.domain.playbook.answers import Answer
from intake.domain.terms.terms import Stage
from intake.services.installation.act_writer import ActWriter
from tests.core import CORE
from tests.filled import filled
from tests.services.offices import Offices
from tests.services.test_evidence_doubts import PROGRAM
from tests.ui.visiting import Visit
from ui.review.answers import _FileLine
from ui.review.page import ReviewPage
from ui.review.sections import ANSWERS
from ui.widgets.dialogs import ConfirmDialog

Open = Callable[[str], Visit]


def file_program(offices: Offices) -> str:
    """As a patched program files; gives the case."""
    ada = offices.installations["ada"]
    writer = ActWriter(ada, offices.signer("ada"))
    file = writer.attach(PROGRAM, "Test report.pdf", "application/pdf")
    answers = filled(CORE).filed().given("evidence.other", Answer((file,)))
    body = RevisionBody(
        (), title_of(CORE, answers), unit_of(CORE, answers), "ada", Stage(stage_of(CORE, answers)), answers.as_json(),
        CORE.digest, (file,),
    )  # fmt: skip
    made = writer.write(REVISION, body)
    writer.store()
    return made.act.case_id


@pytest.mark.attack(
    "evidence of a changed program that no desk would attach", refusal="told at its row and before it is saved"
)
def test_a_program_called_a_report_is_told_and_asked_about(visit: Open, offices: Offices) -> None:
    case = file_program(offices)
    offices.travel("ada", "dan")
    dan = visit("dan")
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)
    page.tabs.show_section(ANSWERS)
    dan.settle()

    (line,) = page.tabs.answers.findChildren(_FileLine)
    assert "“Test report.pdf” cannot be attached: it is a Windows program." in line.doubt.text()
    assert line.doubt.isVisibleTo(page)

    dan.button("Save a copy").click()
    dan.settle()
    dialog = page.window().findChild(ConfirmDialog)
    assert dialog is not None
    assert page._files._dialog is None
    dialog.accept()
    dan.settle()
    assert page._files._dialog is not None
    page._files._dialog.reject()
