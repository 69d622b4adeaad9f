"""One page per use case: the same from every way in, led by the next act of the person who looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.phases import Phase
from tests.services.offices import Offices
from tests.ui.register.test_case import decided, decided_with, look, words
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.case.page import CasePage
from ui.context import Changes
from ui.home.page import HomePage
from ui.inbox.page import InboxPage
from ui.register.page import RegisterPage
from ui.widgets.panels import ActionButton

Open = Callable[[str], Visit]


def asked_to_change(offices: Offices) -> str:
    case = offices.file()
    offices.travel("ada", "dan")
    offices.decide("dan", case, Position.CHANGES, reason="Say who may read the notes.")
    offices.travel("dan", "ada", "bob")
    return case


def leads(page: CasePage) -> tuple[str, str]:
    """The words of the lead, and of its primary button."""
    assert page.cards.lead is not None
    button = page.cards.lead.primary
    return words(page.cards.lead), button.text().replace("&", "") if button is not None else ""


def test_home_inbox_and_register_open_the_same_page_with_the_same_act(offices: Offices, visit: Open) -> None:
    case = asked_to_change(offices)
    ada = visit("ada")

    home = ada.go("home")
    assert isinstance(home, HomePage)
    ada.click(home._cards[0].lines[0])
    found = [(ada.went[-1], leads(ada.page))]  # type: ignore[arg-type]
    for name, kind in (("inbox", InboxPage), ("register", RegisterPage)):
        page = ada.go(name)
        assert isinstance(page, kind)
        page.table.view.selectRow(0)
        ada.qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
        ada.settle()
        found.append((ada.went[-1], leads(ada.page)))  # type: ignore[arg-type]

    assert len(set(found)) == 1
    (place, (said, button)) = found[0]
    assert place == ("case", case)
    assert button == "File again"
    for part in (
        "File again",
        "The CISO asks you to change it. Answer by filing it again.",
        "Say who may read the notes.",
        "CISO · Dan",
    ):
        assert part in said


@pytest.mark.exhaustive
def test_the_lead_comes_first_and_has_the_keyboard(offices: Offices, visit: Open) -> None:
    case = asked_to_change(offices)
    ada = visit("ada")
    ada.go("register")

    page = look(ada, case)

    assert page.parts()[0] is page.cards.lead
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    assert page.cards.lead.primary.hasFocus()
    ada.qtbot.keyClick(page.cards.lead.primary, Qt.Key.Key_Return)
    ada.settle()
    assert ada.went[-1][0] == "guide"


@pytest.mark.exhaustive
def test_an_office_reads_and_decides_and_a_reader_reads_whose_turn_it_is(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "bob")

    dan, bob = visit("dan"), visit("bob")
    office, reader = leads(look(dan, case)), leads(look(bob, case))

    assert office[1] == "Read and decide"
    assert "Neither office has decided yet; either may be first." in office[0]
    assert reader[1] == ""
    assert "Nothing for you to do now" in reader[0]
    assert "It is the turn of the CIO and the CISO, until " in reader[0]
    assert bob.button("Read the use case").isVisible()
    assert nameless(bob.page) == []
    assert unreachable(bob.page) == []


def test_a_suspended_use_case_says_stop_and_to_whom(offices: Offices, visit: Open) -> None:
    case = decided(offices)
    offices.travel("cleo", "dan")
    offices.decide("dan", case, Position.DECLINE, reason="It leaks.")
    offices.travel("dan", "ada", "cleo", "bob")
    ada = visit("ada")

    page = look(ada, case)

    said, button = leads(page)
    assert button == "File again"
    assert "It must not run: the CISO suspended it on " in said
    assert words(page).count("Stop it now") == 1, "said once, where the keyboard is"
    assert "It may run again when the CIO and the CISO have lifted it; you can file it again." in said
    shown = words(page)
    assert "No: not allowed now" in shown
    assert "No approval is in force" not in shown
    for who, wanted in (("cleo", "Lift the suspension"), ("bob", "")):
        said, button = leads(look(visit(who), case))
        assert button == wanted
        assert "Ada has to stop it." in said
        assert "Nothing is in force: the CISO suspended it on " in said


@pytest.mark.exhaustive
def test_a_stop_leads_home_and_marks_the_line_of_the_inbox(offices: Offices, visit: Open) -> None:
    case = decided(offices)
    offices.travel("cleo", "dan")
    offices.decide("dan", case, Position.DECLINE, reason="It leaks.")
    offices.travel("dan", "ada", "cleo")
    ada, cleo = visit("ada"), visit("cleo")

    home = ada.go("home")
    assert isinstance(home, HomePage)
    line = home._cards[0].lines[0].need
    assert (line.place, line.argument) == ("case", case)
    assert line.hint.partition(" · ")[2].startswith("Stop it now: the CISO suspended it on ")

    office = cleo.go("home")
    assert isinstance(office, HomePage)
    assert "Ada has to stop it: the CISO suspended it on " in office._cards[0].lines[0].need.hint

    inbox = cleo.go("inbox")
    assert isinstance(inbox, InboxPage)
    cells = [inbox.table.model.index(0, column).data() for column in range(inbox.table.model.columnCount())]
    assert "To be stopped" in cells


def test_an_expired_approval_tells_its_owner_at_home_to_stop(offices: Offices, visit: Open) -> None:
    decided(offices)
    offices.clock.now += timedelta(days=400)

    home = visit("ada").go("home")

    assert isinstance(home, HomePage)
    assert home._cards[0].lines[0].need.hint.partition(" · ")[2].startswith("Stop it now: the approval ended on ")


@pytest.mark.exhaustive
def test_a_condition_past_its_day_is_told_with_its_person_and_leads_them(offices: Offices, visit: Open) -> None:
    case = decided_with(offices, condition=10)
    offices.clock.now += timedelta(days=50)
    ada, bob = visit("ada"), visit("bob")

    home = ada.go("home")
    assert isinstance(home, HomePage)
    (line,) = [line.need for card in home._cards for line in card.lines if "“Test it” was yours" in line.need.hint]
    assert (line.place, line.argument) == ("case", case)
    assert "days over" in line.chip

    mine, other = look(ada, case), look(bob, case)
    assert "“Test it” was yours to meet by " in leads(mine)[0]
    assert "“Test it” is overdue: Ada was to meet it by " in leads(other)[0]
    for page in (mine, other):
        shown = words(page)
        for part in ("Commitments", "1 commitment overdue", "Test it", "condition · Ada · by "):
            assert part in shown
    assert nameless(mine) == []


@pytest.mark.exhaustive
def test_the_missing_signature_is_given_where_it_is_asked_for(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    offices.decide("dan", case)
    offices.decide("cleo", case)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    (office,) = offices.installations["dan"].state(case).turn
    person = visit({"cio": "cleo", "ciso": "dan"}[office])

    page = look(person, case)
    said, button = leads(page)
    assert "It is decided. Only your signature is missing on the record." in said
    assert button == "Add my signature to the record"
    person.click(person.button(button))
    person.sign()

    state = offices.installations[person.name].state(case)
    assert (state.phase, state.turn) == (Phase.DECIDED, ())
    assert leads(page)[1] == ""


@pytest.mark.exhaustive
@pytest.mark.parametrize("who", ["ada", "bob", "cleo", "dan", "finn"])
def test_every_action_of_the_page_is_reached_by_keyboard(offices: Offices, visit: Open, who: str) -> None:
    case = decided_with(offices, condition=10)
    offices.travel("cleo", "finn")

    page = look(visit(who), case)

    assert nameless(page) == []
    assert unreachable(page) == []


def test_a_use_case_read_again_keeps_the_keyboard_where_it_was(offices: Offices, visit: Open) -> None:
    case = asked_to_change(offices)
    ada = visit("ada")
    page = ada.go("case", case)
    assert isinstance(page, CasePage)
    assert page.cards.lead is not None
    assert page.cards.lead.primary is not None
    held = page.cards.lead.primary
    held.setFocus()

    page.refresh(Changes(cases=frozenset({case})))
    ada.settle()

    assert page.cards.lead.primary is not held
    assert page.window().focusWidget() is page.cards.lead.primary

    ada.button("Read the use case", page).setFocus()
    page.refresh(Changes(cases=frozenset({case})))
    ada.settle()
    assert page.window().focusWidget() is ada.button("Read the use case", page)


def test_what_ends_a_use_case_stands_apart_from_its_next_act(offices: Offices, visit: Open) -> None:
    case = asked_to_change(offices)
    ada = visit("ada")

    page = ada.go("case", case)
    assert isinstance(page, CasePage)
    assert page.cards.lead is not None
    buttons = {
        button.text().replace("&", ""): button.property("role") for button in page.cards.lead.findChildren(ActionButton)
    }

    assert buttons == {
        "File again": "primary",
        "Read the use case": None,
        "Start a similar use case": "link",
        "Hand it over": "link",
        "Withdraw": "link",
    }
    lowest = page.cards.lead.primary
    assert lowest is not None
    assert all(
        button.y() > lowest.geometry().bottom()
        for button in page.cards.lead.findChildren(ActionButton)
        if button.property("role") == "link"
    )
