"""Revisions compared answer by answer, on real registers at two desks that had not exchanged."""

from __future__ import annotations

import pytest

from intake.domain.playbook.answers import Answer
from intake.services.filing import comparing, filing
from intake.services.filing.comparing import NoSuchRevision, OnlyOneRevision, SeveralRevisions
from tests.services.competing import DESK, DPIA, ONE, OTHER, PERSONAL, PROBLEM, REFERENCE, Competing, compete
from tests.services.offices import Offices
from tests.services.stages import stage


@stage
def apart(offices: Offices) -> Competing:
    return compete(
        offices,
        {PROBLEM: ONE},
        {PROBLEM: OTHER, PERSONAL: "ordinary", DPIA: "done", REFERENCE: "DPIA-7"},
    )


@pytest.fixture
def at(offices: Offices) -> Competing:
    return apart(offices)


def test_competing_revisions_are_compared_by_themselves_the_one_signed_last_first(
    offices: Offices, at: Competing
) -> None:
    found = comparing.compare(offices.installations["ada"], at.case)

    assert found.competing
    assert [side.id for side in found.sides] == [at.there, at.here]
    assert [(side.number, side.name, side.current) for side in found.sides] == [(2, "Ada", True)] * 2
    assert found.sides[0].at > found.sides[1].at
    assert {side.id for side in found.every} == {at.first, at.here, at.there}


def test_only_what_differs_has_a_row_and_the_rest_is_counted(offices: Offices, at: Competing) -> None:
    found = comparing.compare(offices.installations["ada"], at.case)

    said = {row.id: row.said for row in found.rows}
    assert said[PROBLEM] == (OTHER, ONE)
    assert said[REFERENCE] == ("DPIA-7", "")
    assert set(said) == {PROBLEM, PERSONAL, DPIA, REFERENCE}
    assert {row.id for row in found.same} == {
        name for name in offices.installations["ada"].state(at.case).revision(at.here).body.answers if name not in said
    }
    order = [question.id for question in offices.installations["ada"].shelf.current.questions]
    assert [row.id for row in found.rows] == sorted(said, key=order.index)


def test_both_desks_see_the_same_comparison(offices: Offices, at: Competing) -> None:
    offices.open(DESK)

    here, there = (comparing.compare(offices.installations[name], at.case) for name in ("ada", DESK))

    assert here == there


def test_any_two_are_compared_the_later_one_first_whatever_the_order(offices: Offices, at: Competing) -> None:
    ada = offices.installations["ada"]

    found = comparing.compare(ada, at.case, [at.first, at.here])

    assert found == comparing.compare(ada, at.case, [at.here, at.first])
    assert [side.number for side in found.sides] == [2, 1]
    assert [row.id for row in found.rows] == [PROBLEM]
    assert not found.competing


def test_a_newest_revision_is_compared_with_the_one_before(offices: Offices) -> None:
    case = offices.file()
    first = offices.installations["ada"].state(case).heads[0]
    offices.file(case=case)

    found = comparing.compare(offices.installations["ada"], case)

    assert [side.number for side in found.sides] == [2, 1]
    assert found.sides[1].id == first
    assert (found.rows, found.facts) == ((), ())


def test_one_revision_is_nothing_to_compare(offices: Offices) -> None:
    case = offices.file()

    with pytest.raises(OnlyOneRevision):
        comparing.compare(offices.installations["ada"], case)


def test_a_revision_is_named_by_its_number_or_the_beginning_of_its_id(offices: Offices, at: Competing) -> None:
    ada = offices.installations["ada"]

    assert comparing.named(ada, at.case, "1") == at.first
    assert comparing.named(ada, at.case, at.there[:8]) == at.there
    with pytest.raises(SeveralRevisions) as several:
        comparing.named(ada, at.case, "2")
    assert at.here[:12] in several.value.next_step + several.value.what_happened
    for unknown in ("3", "f" * 64, at.here[:3], ""):
        with pytest.raises(NoSuchRevision):
            comparing.named(ada, at.case, unknown)
    with pytest.raises(NoSuchRevision):
        comparing.compare(ada, at.case, [at.here, "f" * 64])


def test_a_draft_is_compared_with_all_it_takes_the_place_of(offices: Offices, at: Competing) -> None:
    ada = offices.installations["ada"]
    draft = filing.start(ada, "ada", case=at.case)
    filing.put(ada, draft, PROBLEM, Answer("Something else."))

    found = comparing.with_draft(ada, ada.state(at.case), filing.view(ada, draft).guide)

    assert [side.id for side in found.sides] == [at.there, at.here]
    assert next(row.said for row in found.rows if row.id == PROBLEM) == ("Something else.", OTHER, ONE)
    assert found.same == len(filing.view(ada, draft).guide.answers) - len(found.rows)
