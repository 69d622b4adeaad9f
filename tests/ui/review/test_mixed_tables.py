"""The review and case screens between two versions of the app: one knows a second table of limits, the other does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.domain.terms.later_tables import NEWER, TABLE_2
from tests.services.offices import Offices
from tests.services.stages import filed_with_both
from tests.ui.visiting import Visit
from ui.review import decide
from ui.review.page import ReviewPage
from ui.review.sections import SUMMARY, TERMS

Open = Callable[[str], Visit]


@pytest.fixture
def case(offices: Offices) -> str:
    """Dan, on the newer version, approved what it offers; everybody has it."""
    offices.open("dan", tables=NEWER)
    made = filed_with_both(offices)
    offices.decide("dan", made)
    offices.travel("dan", "cleo", "ada")
    return made


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def review(person: Visit, case: str, section: int) -> ReviewPage:
    page = person.go("review", case)
    assert isinstance(page, ReviewPage)
    page.tabs.show_section(section)
    person.settle()
    return page


@pytest.mark.exhaustive
def test_the_older_version_says_that_it_cannot_read_the_terms(visit: Open, case: str) -> None:
    cleo = visit("cleo")

    summary = words(review(cleo, case, SUMMARY).tabs.summary)
    page = review(cleo, case, TERMS)

    assert "approves on boundaries of a newer version, which permit nothing here" in summary
    assert "What was proposed uses boundaries of a newer version, which this one cannot show." in words(page.terms)
    assert page.terms.edited().boundaries.table.number == 1
    assert page.actions_of[decide.PROPOSE].text() == "Propose &other terms…"
    assert "Other terms are signed on this revision" in page.bar.words[decide.APPROVE].text()


@pytest.mark.exhaustive
def test_the_case_page_says_what_to_do_about_it(visit: Open, case: str) -> None:
    ada = visit("ada")

    shown = words(ada.go("case", case))

    assert "Terms of a newer version" in shown
    assert "Here they permit nothing. Update Countersign to read them." in shown


@pytest.mark.exhaustive
def test_the_newer_version_countersigns_older_terms_as_they_are_and_writes_changed_ones_by_its_own_table(
    offices: Offices, visit: Open, case: str
) -> None:
    offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    dan = visit("dan")
    page = review(dan, case, TERMS)

    untouched = page.terms.edited()
    users = page.terms.limits.field("user_permissions.max_users")
    users.focus_widget().selectAll()  # type: ignore[attr-defined]
    dan.qtbot.keyClicks(users.focus_widget(), "3")

    assert untouched.boundaries.table.number == 1
    assert page.actions_of["propose"].isEnabled()
    assert page.terms.edited().boundaries.table is TABLE_2
    assert page.terms.edited().boundaries["user_permissions.max_users"] == 3
    page.terms.reset()
    assert page.terms.edited() == untouched
