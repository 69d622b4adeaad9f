"""The review screen of a revision that no guide files: no tier, the reason, and every answer that is none marked as such."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from tests.services import patched
from tests.services.offices import Offices
from tests.services.test_as_filed import prohibited
from tests.ui.visiting import Visit
from ui.case.page import CasePage
from ui.review.page import ReviewPage
from ui.review.sections import ANSWERS


@pytest.mark.attack(
    "a prohibited practice filed by the label of its answer", refusal="no tier on screen; “Not a valid answer: …”"
)
def test_what_is_no_answer_never_looks_like_one_and_no_tier_is_shown(
    visit: Callable[[str], Visit], offices: Offices
) -> None:
    question, _, lie = prohibited()
    case = patched.file(offices, lie)
    offices.travel("ada", "dan")
    dan = visit("dan")

    page = dan.go("review", case)

    assert isinstance(page, ReviewPage)
    assert page.strip.tier.isHidden()
    why = f"This revision cannot be approved: the answer to “{question.label}” is missing or cannot be used."
    assert [label for label in page.tabs.summary.findChildren(QLabel) if why in label.text()]
    page.tabs.show_section(ANSWERS)
    dan.settle()
    said = question.said(lie[question.id])
    assert [label for label in page.findChildren(QLabel) if label.text() == f"Not a valid answer: “{said}”"]
    assert not [label for label in page.findChildren(QLabel) if label.text() == said]
    about = dan.go("case", case)
    assert isinstance(about, CasePage)
    assert [
        label for label in about.findChildren(QLabel) if f"the answer to “{question.label}” is missing" in label.text()
    ]
