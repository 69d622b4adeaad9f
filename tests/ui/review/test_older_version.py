"""A revision that only a newer version can assess: the review says so, and objecting stays possible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from tests.services.offices import Offices
from tests.services.stages import filed_everywhere
from tests.services.test_mixed_engines import NEWER
from tests.services.test_playbooks import accept, overlay
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.review import decide
from ui.review.page import ReviewPage
from ui.review.sections import RISK, SUMMARY, TERMS


@pytest.fixture
def case(offices: Offices) -> str:
    """Filed by a playbook that is accepted with an engine Dan's program does not have."""
    offices.update("ada", "bob", "finn", engines=NEWER)
    accept(offices, overlay())
    return filed_everywhere(offices)


@pytest.mark.exhaustive
def test_the_reason_is_shown_and_only_objecting_is_offered(visit: Callable[[str], Visit], case: str) -> None:
    dan = visit("dan")
    page = dan.go("review", case)
    assert isinstance(page, ReviewPage)

    for number in (SUMMARY, RISK, TERMS):
        page.tabs.show_section(number)
        dan.settle()
        assert nameless(page) == []
        assert unreachable(page) == []

    for section in (page.tabs.summary, page.tabs.risk):
        said = "\n".join(label.text() for label in section.findChildren(QLabel))
        assert "This needs a newer version of Countersign: its playbook is judged with engine 2" in said
    offered = {key: action.isEnabled() for key, action in page.actions_of.items()}
    assert offered == {decide.APPROVE: False, decide.PROPOSE: False, decide.CHANGES: True, decide.DECLINE: True}
    assert page.strip.tier.isHidden()
    assert page.strip.clock.isHidden()
