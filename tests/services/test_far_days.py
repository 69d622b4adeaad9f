"""Acts that claim the last day there is: every page and every answer of an office goes on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.services.deciding import deciding, reviewing
from intake.services.deciding.verbs import verbs_given
from intake.services.lists.case_page import case_page, timeline
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso

LAST = datetime(9999, 12, 31, 1, tzinfo=UTC)
pytestmark = pytest.mark.attack("an act dated on the last day of the calendar", refusal="every page and answer goes on")


def test_an_opinion_from_the_last_day_is_read(offices: Offices) -> None:
    case = filed_with_ciso(offices)
    now, offices.clock.now = offices.clock.now, LAST
    deciding.give(
        dan := offices.installations["dan"],
        offices.signer("dan"),
        deciding.prepare(dan, "dan", case, Position.CHANGES, reason="Say more."),
    )
    offices.clock.now = now

    assert verbs_given(dan, dan.state(case))
    assert len(timeline(dan, case)) == 2
    assert case_page(dan, case, "dan").phase == "changes-requested"


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_a_revision_from_the_last_day_can_be_answered(offices: Offices, position: Position) -> None:
    now, offices.clock.now = offices.clock.now, LAST
    case = offices.file()
    offices.clock.now = now
    offices.travel("ada", "dan")
    dan = offices.installations["dan"]

    assert reviewing.look(dan, case, "dan").proposal.expires == LAST.date()
    prepared = deciding.prepare(dan, "dan", case, position, reason="Say when.")
    deciding.give(dan, offices.signer("dan"), prepared)

    assert dan.state(case).phase.value in ("declined", "changes-requested")
    assert timeline(dan, case)
