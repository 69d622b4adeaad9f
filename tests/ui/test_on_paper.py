"""What paper cannot show is said on the signing sheet, whatever is signed there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import resources
from intake.domain.organisation.roster import Role
from intake.records.editions.printer import Printer
from intake.services.organisation import people
from tests.services.offices import Offices
from tests.ui.visiting import Visit, offices, visit
from ui import on_paper
from ui.case.page import CasePage
from ui.people.asking import ListDialog
from ui.people.page import PeoplePage
from ui.review.page import ReviewPage
from ui.widgets.panels import NoticePanel
from ui.widgets.reason_dialog import ReasonDialog
from ui.widgets.signing import SigningDialog
from ui.widgets.signing_sheet import SignedLine, Subject

__all__ = ["offices", "visit"]

Open = Callable[[str], Visit]
LETTERS = "\u624b\u7d19"
BOXES = "On paper an empty box stands for characters that cannot be drawn here, in: {where}. What is signed holds them exactly."


def warned(visit: Visit) -> list[str]:
    visit.settle()
    sheet = visit.dialog(SigningDialog).sheet
    return [panel.title.text() for panel in sheet.findChildren(NoticePanel) if "empty box" in panel.title.text()]


def test_what_is_taken_for_printable_is_in_the_fonts() -> None:
    printer = Printer(resources.read)

    assert printer.glyphs(printer.newest).lacking("".join(sorted(on_paper._PRINTED))) == ()


def test_lines_without_a_label_go_on_from_the_one_above() -> None:
    lines = (SignedLine("It says", "plain"), SignedLine("", LETTERS), SignedLine("Digest", LETTERS, is_digest=True))
    subject = Subject(
        "Endorse", "It counts.", "Bob", "ab" * 32, lines, "Endorse", grounds=(SignedLine("Unit", "Größe"),)
    )

    assert on_paper.texts_of(subject) == (("It says", LETTERS),)


@pytest.mark.parametrize(
    ("text", "said"), [("Zürich – “well”", []), (f"See {LETTERS}", [BOXES.format(where="Comment")])]
)
@pytest.mark.exhaustive
def test_a_comment_is_signed_after_it_is_said(offices: Offices, visit: Open, text: str, said: list[str]) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)

    page.comments.commenting.emit(text, "")

    assert warned(dan) == said
    dan.sign()
    assert any(getattr(event.body, "text", "") == text for event in offices.installations["dan"].state(case).events)


@pytest.mark.exhaustive
def test_a_decline_tells_of_its_pages_and_nothing_twice(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    dan.go("review", case)
    dan.click(dan.button("Decline"))
    asked = dan.dialog(ReasonDialog)
    asked.text.set_value(LETTERS)
    asked.accept()

    assert warned(dan) == []
    sheet = dan.dialog(SigningDialog).sheet
    values = [label.text() for label in sheet.findChildren(type(sheet.consequence.text)) if "empty box" in label.text()]
    assert len(values) == 1
    assert "in: Reason;" in values[0]


@pytest.mark.exhaustive
def test_a_withdrawal_tells_of_its_pages(offices: Offices, visit: Open) -> None:
    case = offices.file()
    ada = visit("ada")
    page = ada.go("case", case)
    assert isinstance(page, CasePage)
    page.signing.ask_withdrawal()
    assert page.signing.asking is not None
    page.signing.asking.text.set_value(LETTERS)
    page.signing.asking.accept()

    (said,) = warned(ada)

    assert said.startswith("The pages show an empty box")
    assert "in: Reason;" in said


@pytest.mark.exhaustive
def test_a_name_in_a_roster_is_told_before_it_is_listed(offices: Offices, visit: Open) -> None:
    offices.open("zoe")
    asks = people.enrol(offices.installations["zoe"], offices.signer("zoe"), name=f"Zoe {LETTERS}", unit="Finance")
    offices.installations["bob"].register.append([asks])
    bob = visit("bob")
    page = bob.go("people")
    assert isinstance(page, PeoplePage)
    assert page.found is not None
    page.signing.ask_roles(page.found.asking[0])
    bob.dialog(ListDialog).chosen.emit(page.found.asking[0], (Role.OWNER.value,))
    bob.dialog(ListDialog).close()

    assert warned(bob) == [BOXES.format(where="Person")]
