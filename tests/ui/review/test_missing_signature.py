"""The review offers the missing signature to everybody who can add it, also where the fold alone names the other office."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services.offices import Offices
from tests.services.printers import patched, saying
from tests.services.test_editions import ahead, apart
from tests.ui.visiting import Visit
from ui.review.page import ReviewPage


@pytest.mark.exhaustive
def test_the_next_copy_can_be_completed_where_the_first_is_not_what_it_says(
    offices: Offices, visit: Callable[[str], Visit]
) -> None:
    ahead(offices, "cleo")
    honest = offices.installations["dan"]
    offices.installations["dan"] = patched(honest, **saying("Approved for everything."))
    case = apart(offices)
    offices.installations["dan"] = honest
    ahead(offices, "dan")
    dan = visit("dan")

    page = dan.go("review", case)

    assert isinstance(page, ReviewPage)
    assert offices.installations["dan"].state(case).turn == ("cio",)
    assert not page.missing.isHidden()
    assert page.add_signature.isVisible()
