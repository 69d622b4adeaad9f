"""The page after an opinion: what the other office had signed, when, by when it is asked, the pages, and the next use case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from intake.services.deciding import reviewing
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso
from tests.ui.visiting import Visit
from ui.exchange.delivery_line import DeliveryLine
from ui.formatting import day_words, long_day
from ui.review.page import ReviewPage
from ui.widgets.confirmation import Confirmation
from ui.widgets.reason_dialog import ReasonDialog

Open = Callable[[str], Visit]


def texts(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def propose(person: Visit, case: str) -> Confirmation:
    """Other terms than those on the table, signed."""
    page = person.go("review", case)
    assert isinstance(page, ReviewPage)
    page.tabs.show_section(3)
    person.settle()
    users = page.terms.limits.field("user_permissions.max_users").focus_widget()
    users.setFocus()
    users.selectAll()  # type: ignore[attr-defined]
    person.qtbot.keyClicks(users, "99")
    person.click(person.button("Propose other terms"))
    person.dialog(ReasonDialog).text.set_value("More testers.")
    person.click(person.dialog(ReasonDialog).go_on)
    person.sign()
    found = page.findChild(Confirmation)
    assert found is not None
    return found


@pytest.mark.exhaustive
def test_a_proposal_says_what_the_other_office_signed_and_by_when_it_is_asked(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    state = offices.installations["cleo"].state(case)
    signed = state.events[-1].act.at.date()
    filed = state.event(case).act.at.date()
    view = reviewing.look(offices.installations["cleo"], case, "cleo")
    assert view.assessment is not None

    end = propose(visit("cleo"), case)

    said = texts(end)
    assert f"CISO (Dan) signed other terms on {day_words(signed)} and is asked to answer yours." in said
    assert f"Next: the CISO, by {long_day(filed + timedelta(days=view.assessment.path.days))}." in said
    assert "CISO: signed other terms." in said
    assert "not signed yet" not in said


@pytest.mark.exhaustive
def test_who_is_asked_now_has_time_from_now(offices: Offices, visit: Open) -> None:
    """However long the other office waited before: its clock begins with what it is asked."""
    case = filed_with_ciso(offices)
    offices.decide("dan", case)
    offices.travel("dan", "cleo")
    offices.clock.now += timedelta(days=30)
    cleo = offices.installations["cleo"]
    view = reviewing.look(cleo, case, "cleo")
    assert view.assessment is not None
    due = cleo.workdays.after(offices.clock.now.date(), view.assessment.path.days)

    end = propose(visit("cleo"), case)

    assert f"Next: the CISO, by {long_day(due)}." in texts(end)


@pytest.mark.exhaustive
def test_the_pages_that_were_signed_are_one_click_away(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    dan.go("review", case)
    dan.click(dan.button("Approve these terms"))
    dan.sign()
    end = dan.page.findChild(Confirmation)
    assert end is not None
    assert len(end.findChildren(DeliveryLine)) == 1

    dan.click(dan.button("Look at the pages"))

    assert dan.went[-1] == ("record", case)


@pytest.mark.exhaustive
def test_the_next_use_case_of_the_inbox_opens(offices: Offices, visit: Open) -> None:
    case, other = offices.file(), offices.file()
    offices.travel("ada", "dan")
    dan = visit("dan")
    dan.go("review", case)
    dan.click(dan.button("Approve these terms"))
    dan.sign()

    dan.click(dan.button("Next use case"))

    assert dan.went[-1] == ("case", other)


@pytest.mark.exhaustive
def test_with_nothing_left_it_leads_to_the_inbox(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    dan.go("review", case)
    dan.click(dan.button("Approve these terms"))
    dan.sign()

    dan.click(dan.button("Back to the inbox"))

    assert dan.went[-1] == ("inbox", None)
