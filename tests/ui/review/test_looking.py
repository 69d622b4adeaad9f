"""What counts as seen of a use case on the review: what was opened, or gone to; not what came while nobody looked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.services.deciding import deciding
from tests.services.offices import Offices
from tests.services.several import codes, sorted_out, three_signed
from tests.ui.visiting import Visit
from ui.context import Changes
from ui.review.page import ReviewPage
from ui.review.sections import ANSWERS, COMMENTS, SUMMARY

Open = Callable[[str], Visit]


def opened(visit: Open, case: str) -> tuple[Visit, ReviewPage]:
    cleo = visit("cleo")
    page = cleo.go("review", case)
    assert isinstance(page, ReviewPage)
    cleo.settle()
    return cleo, page


def other_terms(offices: Offices, cleo: Visit, case: str) -> None:
    """The CISO signs others, and they arrive while the page is open."""
    offices.decide("dan", case, given=offices.terms("dan", case, users=14))
    offices.travel("dan", "cleo")
    cleo.desktop.context.tell(Changes(cases=frozenset({case})))
    cleo.settle()


@pytest.mark.attack(
    "other terms that come while nobody looks at the review", refusal="TogetherTermsSince until gone to"
)
@pytest.mark.parametrize("away", ["minimised", "on another tab", "at the summary"])
def test_terms_that_come_while_the_page_is_open_are_not_seen_by_themselves(
    offices: Offices, visit: Open, away: str
) -> None:
    case, *_ = three_signed(offices)
    cleo, page = opened(visit, case)
    assert codes(sorted_out(offices, case)) == {}
    if away == "minimised":
        cleo.desktop.window.showMinimized()
    elif away == "on another tab":
        page.tabs.show_section(ANSWERS)
    cleo.settle()

    other_terms(offices, cleo, case)

    assert codes(sorted_out(offices, case)) == {case: "TogetherTermsSince"}
    assert page.looks.isVisibleTo(page)
    assert "The CISO has signed other terms since you opened it." in page.looks.title.text()
    cleo.button("Show what came since").click()
    cleo.settle()
    assert codes(sorted_out(offices, case)) == {}
    assert not page.looks.isVisibleTo(page)


def test_a_remark_is_seen_at_the_comments_and_terms_at_the_summary(offices: Offices, visit: Open) -> None:
    case, *_ = three_signed(offices)
    cleo, page = opened(visit, case)
    page.tabs.show_section(ANSWERS)
    deciding.comment(offices.installations["dan"], offices.signer("dan"), case, "Not before we spoke.")
    other_terms(offices, cleo, case)

    page.tabs.show_section(SUMMARY)
    cleo.settle()
    assert codes(sorted_out(offices, case)) == {case: "TogetherRemarkSince"}

    page.tabs.show_section(COMMENTS)
    cleo.settle()
    assert codes(sorted_out(offices, case)) == {}


def test_going_to_the_page_again_opens_it_again(offices: Offices, visit: Open) -> None:
    case, *_ = three_signed(offices)
    cleo, _ = opened(visit, case)
    cleo.go("inbox")
    other_terms(offices, cleo, case)
    assert codes(sorted_out(offices, case)) == {case: "TogetherTermsSince"}

    cleo.go("review", case)
    cleo.settle()

    assert codes(sorted_out(offices, case)) == {}
