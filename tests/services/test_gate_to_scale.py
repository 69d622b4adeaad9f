"""The gate to scaled use, at the desks: what an office is told is missing, what it may waive, and what cannot count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.judge import Force
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT, Waiver
from intake.services.deciding import deciding, granting, reviewing
from intake.services.deciding.reviewing import CaseView
from tests.core import CORE
from tests.filled import filled
from tests.services import patched
from tests.services.offices import Offices

EVERYBODY = ("ada", "cleo", "dan")


def scaled_case(offices: Offices) -> str:
    """A first revision that asks for scaled use, of a use that expects evidence, with none attached."""
    given = {
        "start.stage": "scaled", "start.data": "confidential", "start.ai": "agent", "system.autonomy": "acts_alone",
        "people.influence": "decides",
    }  # fmt: skip
    answers = filled(CORE, given).filed()
    bare = {name: answer for name, answer in answers.items() if not answer.files}
    case = patched.file(offices, type(answers)(bare))
    offices.travel("ada", *EVERYBODY)
    return case


def looked(offices: Offices, case: str, name: str = "dan") -> CaseView:
    return reviewing.look(offices.installations[name], case, name)


def waiving(view: CaseView, given: Terms, *without: str) -> Terms:
    """``given`` with everything waived that is missing but for ``without``."""
    missing = [what for what, _ in view.missing(given) if what not in without]
    return replace(given, waivers=tuple(sorted(Waiver(what, "It ran elsewhere for a year.") for what in missing)))


def refused(offices: Offices, case: str, given: Terms) -> str:
    with pytest.raises((granting.NotGrantable, granting.NothingToWaive)) as found:
        deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given)
    return found.value.sentence


def test_an_office_sees_what_is_missing_and_both_may_do_without_it(offices: Offices) -> None:
    case = scaled_case(offices)
    view = looked(offices, case)
    missing = [what for what, _ in view.missing(view.proposal)]

    assert missing[0] == PILOT
    assert all(what.startswith("evidence:") for what in missing[1:])
    assert missing[1:]
    assert "no pilot was in force" in refused(offices, case, waiving(view, view.proposal, PILOT))
    assert "without evidence that is expected" in refused(offices, case, waiving(view, view.proposal, missing[-1]))

    untrained = view.proposal.boundaries.replaced({"user_permissions.training_needed": False})
    whole = waiving(view, replace(view.proposal, boundaries=untrained))
    offices.decide("dan", case, given=whole, reason="They were trained next door.")
    offices.travel("dan", *EVERYBODY)
    assert offices.decide("cleo", case, given=whole).sealed
    offices.travel("cleo", *EVERYBODY)
    offices.accept(case)
    decided = offices.installations["ada"].state(case).in_force
    assert decided is not None
    assert decided.terms == whole


def both_sign(offices: Offices, case: str, given: Terms) -> set[str]:
    for name in ("dan", "cleo"):
        patched.approve(offices, name, case, given)
        offices.travel(name, *EVERYBODY)
    state = offices.installations["ada"].state(case)
    assert state.in_force is None
    judged = [event.judgement for event in state.events if event.act.kind == "opinion"]
    assert {item.force for item in judged} == {Force.IGNORED}
    return {item.reason.code for item in judged if item.reason}


@pytest.mark.attack("scaled use approved without the evidence it expects", refusal="GrantWithoutPapers")
def test_patched_programs_of_both_offices_scale_nothing_without_its_papers(offices: Offices) -> None:
    case = scaled_case(offices)
    view = looked(offices, case)
    last = view.missing(view.proposal)[-1][0]

    assert both_sign(offices, case, waiving(view, view.proposal, last)) == {"GrantWithoutPapers"}


def test_nor_without_a_pilot(offices: Offices) -> None:
    case = scaled_case(offices)
    view = looked(offices, case)

    assert both_sign(offices, case, waiving(view, view.proposal, PILOT)) == {"GateNoPilot"}


@pytest.mark.attack("a waiver of what is not missing", refusal="NothingToWaive")
def test_nothing_is_waived_that_is_not_missing(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", *EVERYBODY)
    view = looked(offices, case)
    assert view.proposal.stage is Stage.PILOT

    said = refused(offices, case, replace(view.proposal, waivers=(Waiver(PILOT, "Not needed."),)))

    assert "no pilot before scaled use" in said


@pytest.mark.attack("a larger step granted than the revision asks for", refusal="LargerThanAsked")
def test_no_larger_step_is_granted_than_was_asked_for(offices: Offices) -> None:
    case = offices.file()
    offices.travel("ada", *EVERYBODY)
    view = looked(offices, case)
    given = replace(view.proposal, stage=Stage.SCALED)

    with pytest.raises(granting.LargerThanAsked) as found:
        deciding.prepare(
            offices.installations["dan"], "dan", case, Position.APPROVE, given=given, reason="They want it."
        )

    assert "grant the stage “scaled”, and this revision asks for “pilot”" in found.value.sentence
    assert view.missing(given) == ()
