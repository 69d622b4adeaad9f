"""Terms that allow more than was asked for raise questions that the owner never saw: an office can sign them all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.terms.boundaries import Value
from intake.domain.terms.waivers import Waiver
from intake.records.content import PrintedTable
from intake.records.editions.e1 import composing
from intake.services.deciding import deciding, reviewing
from tests.services.offices import Offices
from tests.services.stages import filed_with_ciso

WIDER: tuple[tuple[str, Value], ...] = (
    ("data_access.highest_class", "confidential"),
    ("data_access.highest_class", "restricted"),
    ("data_access.personal_data", "ordinary"),
    ("data_access.personal_data", "special"),
    ("model_scope.autonomy", "acts_with_approval"),
    ("model_scope.autonomy", "acts_with_veto"),
    ("model_scope.autonomy", "acts_alone"),
    ("system_integration.access", "read"),
    ("system_integration.access", "write"),
)


@pytest.fixture
def case(offices: Offices) -> str:
    return filed_with_ciso(offices)


@pytest.mark.parametrize(("path", "value"), WIDER)
def test_a_question_that_nobody_was_asked_is_an_open_point(
    offices: Offices, case: str, path: str, value: Value
) -> None:
    dan = offices.installations["dan"]
    view = reviewing.look(dan, case, "dan")
    given = replace(view.proposal, boundaries=view.proposal.boundaries.replaced({path: value}), expires=view.today)
    judged = view.judged(given)
    assert judged is not None
    opened = set(judged.on_terms.open_points) - set(view.revision.body.answers)
    assert opened

    prepared = deciding.prepare(dan, "dan", case, Position.APPROVE, given=given, reason="They need it.")

    assert prepared.terms == given
    assert view.state.current is not None
    printed = composing.decision(dan.case_file(view.state, view.state.current, given), given)
    said = {line for section in printed.sections for block in section.blocks for line in getattr(block, "items", ())}
    assert {f"{view.playbook.question(name).label}: nobody was asked" for name in opened} <= said


def test_a_waiver_of_a_question_that_the_playbook_lacks_is_printed_by_its_id(offices: Offices, case: str) -> None:
    """Only a patched program signs such terms, and whoever reads them must not crash over the record."""
    dan = offices.installations["dan"]
    given = replace(offices.terms("dan", case), waivers=(Waiver("evidence:nothing.here", "Not needed."),))
    state = dan.state(case)
    assert state.current is not None

    printed = composing.decision(dan.case_file(state, state.current, given), given)

    rows = {row for block in printed.summary if isinstance(block, PrintedTable) for row in block.rows}
    assert ("Evidence: nothing.here", "Not needed.") in rows
