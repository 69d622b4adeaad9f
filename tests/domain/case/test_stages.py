"""From every stage to every stage: what both offices can grant, and with which refusal anything else ends.

The table below is written from the words of the rule and not from ``domain.terms.stages``; a board member can read either.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.terms import terms as agreed
from intake.domain.terms.stages import STEPS, StepNeeds, granted_to, larger, runs, step
from intake.domain.terms.terms import Stage, Terms
from intake.domain.terms.waivers import PILOT, Waiver
from tests.domain.world import Site, organisation, terms

IDEA, GATE, WAIVER, OWNER = Stage.IDEA, StepNeeds.GATE, StepNeeds.WAIVER, StepNeeds.OWNER
REFUSED = {
    ("idea", "idea"): "",
    ("idea", "pilot"): "",
    ("idea", "scaled"): "GateNoPilot",
    ("idea", "retired"): "StageNotGrantable",
    ("pilot", "idea"): "",
    ("pilot", "pilot"): "",
    ("pilot", "scaled"): "",
    ("pilot", "retired"): "StageNotGrantable",
    ("scaled", "idea"): "",
    ("scaled", "pilot"): "",
    ("scaled", "scaled"): "",
    ("scaled", "retired"): "StageNotGrantable",
}
"""What both offices meet who sign terms for the second stage while the first is in force. Nobody grants a retirement: the owner
retires. What is retired has nothing in force, as an idea has."""


def approved(site: Site, case: str, revision: str, given: Terms) -> list[Act]:
    return [
        site.opinion(who, office, case, revision, given=given)
        for who, office in (("dan", Office.CISO), ("cleo", Office.CIO))
    ]


def in_force(stage: Stage) -> tuple[Site, str]:
    """A case in which this stage is in force; scaled use by a waiver."""
    site = organisation()
    case = site.revision(stage=stage).id
    waived = (Waiver(PILOT, "It has run next door for a year."),) if stage is Stage.SCALED else ()
    approved(site, case, case, replace(terms(stage=stage), waivers=waived))
    found = site.state(case).in_force
    assert found is not None
    return site, case


@pytest.mark.parametrize(("before", "after"), REFUSED)
def test_every_step_between_two_stages(before: str, after: str) -> None:
    site, case = in_force(Stage(before))
    refused = REFUSED[before, after]
    if after == "retired":
        with pytest.raises(agreed.UnreadableTerms) as caught:
            agreed.terms(Stage(after), terms().boundaries, (), terms().begins, terms().expires)
        assert isinstance(caught.value, Refusal)
        assert getattr(caught.value.facts["detail"], "code", "") == refused
        return
    later = site.revision(case=case, stage=Stage(after)).id

    said = approved(site, case, later, terms(users=7, stage=Stage(after)))

    state = site.state(case)
    codes = {reason.code for act in said if (reason := state.event(act.id).judgement.reason)}
    assert codes == ({refused} if refused else set())
    if not refused:
        site.accept("ada", case)
        state = site.state(case)
    assert state.in_force is not None
    assert state.in_force.terms is not None
    assert state.in_force.terms.stage.value == (before if refused else after)


@pytest.mark.parametrize(("asked", "granted"), list(product(("idea", "pilot", "scaled"), repeat=2)))
def test_nobody_is_granted_a_larger_step_than_they_asked_for(asked: str, granted: str) -> None:
    site = organisation()
    case = site.revision(stage=Stage(asked)).id
    waived = (Waiver(PILOT, "It has run next door for a year."),) if granted == "scaled" else ()

    (first, _) = approved(site, case, case, replace(terms(stage=Stage(granted)), waivers=waived))

    order = ["idea", "pilot", "scaled"]
    reason = site.state(case).event(first.id).judgement.reason
    assert (reason.code if reason else "") == ("LargerStep" if order.index(granted) > order.index(asked) else "")


def test_the_table_says_what_the_rule_does() -> None:
    takes = {(item.before.value, item.after.value): item.needs for item in STEPS}

    assert len(takes) == len(STEPS) == 15
    assert ("retired", "retired") not in takes
    assert step(Stage.RETIRED, Stage.RETIRED) is None
    for (before, after), refused in REFUSED.items():
        assert (takes[before, after] is StepNeeds.OWNER) == (after == "retired")
        assert (takes[before, after] is StepNeeds.WAIVER) == (refused == "GateNoPilot")
    assert [after for before, after in takes if takes[before, after] is StepNeeds.GATE] == ["scaled", "scaled"]
    # What is retired starts as an idea does.
    assert {after: takes["retired", after] for after in ("idea", "pilot", "scaled")} == {
        after: takes["idea", after] for after in ("idea", "pilot", "scaled")
    }
    assert words(step(Stage.PILOT, Stage.SCALED).said) == (  # type: ignore[union-attr]
        "Both offices approve the same terms, on what was in force when it was filed and ended 90 days before at most."
    )


def test_which_stages_run_and_which_is_larger() -> None:
    assert [stage.value for stage in Stage if runs(stage)] == ["pilot", "scaled"]
    assert larger(Stage.PILOT, IDEA)
    assert not larger(Stage.PILOT, Stage.PILOT)
    assert [item.after.value for item in granted_to(IDEA, Stage.PILOT)] == ["idea", "pilot"]
    assert [item.needs for item in granted_to(Stage.PILOT, Stage.SCALED)] == [StepNeeds.BOTH, StepNeeds.BOTH, GATE]
    assert [item.needs for item in granted_to(Stage.RETIRED, Stage.SCALED)] == [StepNeeds.BOTH, StepNeeds.BOTH, WAIVER]
    assert step(Stage.SCALED, Stage.RETIRED).needs is OWNER  # type: ignore[union-attr]
