"""More named than a boundary holds: said, and neither filed nor approved, never cut without a word."""

from __future__ import annotations

from intake.domain.assessment.assessment import Assessment, assess
from intake.domain.assessment.proposal import ProposalGround, ProposalReason
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.reading import playbook
from intake.domain.terms.boundaries import MAX_ITEMS
from tests.domain.playbook.small_playbook import edited

SYSTEMS = "system_integration.systems"
SECOND = """
[[pages.questions]]
id = "work.more"
label = "More systems"
text = "Which others?"
why = "They are reached as well."
kind = "list of texts"
sources = ["law: 1"]
required = false
most = 60
item_most = 20
boundary = "system_integration.systems"
"""
BEFORE = '\n[[pages]]\nid = "work.second"'
PLAYBOOK = playbook.load(edited("work", BEFORE, f"{SECOND}{BEFORE}"))
FIRST = tuple(f"a {number:02}" for number in range(5))


def assessed(more: int) -> Assessment:
    """With five systems named in one answer and ``more`` in another."""
    others = tuple(f"b {number:02}" for number in range(more))
    return assess(
        PLAYBOOK,
        {
            "start.stage": Answer("pilot"),
            "start.bad": Answer(False),
            "work.systems": Answer(FIRST),
            "work.more": Answer(others),
        },
    )


def test_as_much_as_a_boundary_holds_is_proposed_whole() -> None:
    found = assessed(MAX_ITEMS - 5)

    assert len(found.boundaries[SYSTEMS]) == MAX_ITEMS
    assert found.overfull(PLAYBOOK) is None


def test_one_more_is_said_with_the_answers_it_comes_from() -> None:
    found = assessed(MAX_ITEMS - 4)

    assert len(found.boundaries[SYSTEMS]) == MAX_ITEMS
    assert ProposalGround(SYSTEMS, ProposalReason.LEFT_OUT, "work.systems") in found.reasons
    refusal = found.overfull(PLAYBOOK)
    assert refusal is not None
    assert refusal.code == "BoundaryOverfull"
    assert "60" in refusal.what_happened
    assert refusal.next_step.endswith("It is about: More systems, Systems")
    assert found.digest != assessed(MAX_ITEMS - 5).digest
