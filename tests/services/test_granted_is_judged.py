"""Granted is judged (rule R10): what both offices sign is what the playbook makes of it, whatever their programs do.

The first tests are approvals of patched programs with the keys of the offices, so that only the fold can meet them; then what
an honest program refuses before it signs.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.domain.assessment.granted import Granted
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import BOTH_SIGNED, Phase
from intake.domain.playbook.answers import Answer
from intake.domain.playbook.reading.overlay import overlaid
from intake.domain.playbook.whole import Playbook
from intake.domain.terms.boundaries import Value
from intake.domain.terms.terms import Terms
from intake.services.deciding import deciding, granting, reviewing
from intake.services.installation.playbook_files import core_files
from intake.services.proving.act_standing import Worth, standing
from intake.services.proving.anchors import anchor_of_register
from intake.trust.acts import verify_act
from tests.core import CORE
from tests.filled import filled
from tests.services import patched
from tests.services.offices import Offices
from tests.services.test_playbooks import accept

WIDE: dict[str, Value] = {
    "data_access.highest_class": "restricted",
    "data_access.personal_data": "special",
    "model_scope.autonomy": "acts_alone",
    "system_integration.code_execution": True,
    "system_integration.network": "internet",
}


@pytest.fixture
def case(offices: Offices) -> str:
    found = offices.file()
    offices.travel("ada", "dan", "cleo")
    return found


def proposed(offices: Offices, case: str, **changes: object) -> Terms:
    return replace(reviewing.look(offices.installations["dan"], case, "dan").proposed, **changes)  # type: ignore[arg-type]


def wide(offices: Offices, case: str) -> Terms:
    given = proposed(offices, case)
    return replace(given, boundaries=given.boundaries.replaced(WIDE))


def both_sign(offices: Offices, case: str, given: Terms, assessment: str = "") -> tuple[CaseState, list[str]]:
    """Both offices approve with patched programs; the state at a third place, with the reasons why they do not count."""
    for name in ("dan", "cleo"):
        patched.approve(offices, name, case, given, assessment)
        offices.travel(name, "dan", "cleo", "ada")
    state = offices.installations["ada"].state(case)
    said = [event.judgement for event in state.events if event.act.kind == "opinion"]
    assert all(item.force is Force.IGNORED for item in said) or state.phase in BOTH_SIGNED
    return state, [item.reason.code for item in said if item.reason]


def verdicts(offices: Offices, state: CaseState) -> set[Worth]:
    ada = offices.installations["ada"]
    opinions = [event.act for event in state.events if event.act.kind == "opinion"]
    made = (verify_act(ada.register.queries.blob_of_act(act.id) or b"") for act in opinions)
    return {standing(item.act, anchor_of_register(ada)).worth for item in made}


@pytest.mark.attack("both offices sign that wide boundaries are minimal risk", refusal="GrantJudgedOtherwise")
def test_both_offices_cannot_call_wide_boundaries_minimal(offices: Offices, case: str) -> None:
    asked = offices.installations["dan"].state(case).current
    assert asked is not None
    judged = offices.installations["dan"].judged_on(asked, wide(offices, case))
    assert isinstance(judged, Granted)
    given = replace(wide(offices, case), expires=proposed(offices, case).begins + timedelta(days=30))

    state, reasons = both_sign(offices, case, given, assessment=judged.asked.digest)

    assert reasons == ["GrantJudgedOtherwise"] * 2
    assert (state.phase, state.pairs, state.in_force) == (Phase.REVIEW, (), None)
    assert verdicts(offices, state) == {Worth.NOTHING}


def test_the_same_boundaries_stand_as_what_they_are(offices: Offices, case: str) -> None:
    given = replace(wide(offices, case), expires=proposed(offices, case).begins + timedelta(days=30))

    state, reasons = both_sign(offices, case, given)

    assert reasons == []
    assert state.decision is not None
    assert (
        state.decision.assessment == offices.installations["ada"].judged_on(state.revisions[0], given).on_terms.digest
    )  # type: ignore[union-attr]


@pytest.mark.attack("an approval for longer than its tier allows", refusal="GrantTooLong")
def test_nobody_approves_for_longer_than_the_tier_allows(offices: Offices, case: str) -> None:
    first = proposed(offices, case).begins

    state, reasons = both_sign(offices, case, proposed(offices, case, expires=first.replace(year=first.year + 20)))

    assert reasons == ["GrantTooLong"] * 2
    assert state.in_force is None


def stricter() -> Playbook:
    """The core with a rule of the house on what terms can grant; what the core itself forbids, its guide files nothing of."""
    meta = f'extends = "{CORE.id}"\nid = "house"\nversion = "1"\ntitle = "Our house"\n'
    rule = (
        '[[rules]]\nid = "house.no-agents"\ntier = "prohibited"\nsentence = "It would act alone."\n'
        'sources = ["eu-ai-act: Art. 26(2)"]\nwhen = { question = "system.autonomy", is = "acts_alone" }\n'
    )
    files = {"meta.toml": meta.encode(), "rules.toml": rule.encode()}
    return overlaid(core_files(resources.read, resources.names), files)


@pytest.mark.attack("terms that make a harmless use a prohibited one", refusal="GrantProhibited")
def test_nothing_is_approved_that_the_terms_make_prohibited(offices: Offices) -> None:
    accept(offices, stricter())
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    given = proposed(offices, case)
    alone = given.boundaries.replaced({"model_scope.autonomy": "acts_alone"})

    state, reasons = both_sign(offices, case, replace(given, boundaries=alone, expires=given.begins))

    assert reasons == ["GrantProhibited"] * 2
    assert state.in_force is None


@pytest.mark.attack("an approval of a prohibited use on harmless terms", refusal="RevisionUnfiled")
def test_nothing_prohibited_is_approved_whatever_the_terms(offices: Offices) -> None:
    answers = filled(CORE).filed().given("start.practices", Answer(("manipulate",)))
    case = patched.file(offices, answers)
    offices.travel("ada", "dan", "cleo")

    state, reasons = both_sign(offices, case, proposed(offices, case))

    assert reasons == ["RevisionUnfiled"] * 2
    assert state.in_force is None


def refused(offices: Offices, case: str, given: Terms, reason: str = "") -> str:
    dan = offices.installations["dan"]
    with pytest.raises(
        (granting.NotGrantable, granting.FirstDayFarOff, granting.FirstDayUnasked, granting.WiderWithoutReason)
    ) as found:
        deciding.prepare(dan, "dan", case, Position.APPROVE, given=given, reason=reason)
    return type(found.value).__name__


@pytest.mark.attack("terms that begin in another year", refusal="FirstDayFarOff")
def test_terms_begin_near_the_day_on_which_they_are_signed(offices: Offices, case: str) -> None:
    first = proposed(offices, case).begins

    for days in (31, -31):
        begins = first + timedelta(days=days)
        assert refused(offices, case, proposed(offices, case, begins=begins, expires=begins + timedelta(60))) == (
            "FirstDayFarOff"
        )
    near = proposed(offices, case, begins=first + timedelta(days=30), expires=first + timedelta(60))
    assert deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=near).terms == near


@pytest.mark.attack("terms that begin before anybody had asked for them", refusal="FirstDayUnasked")
def test_terms_begin_on_no_day_before_the_filing_and_are_proposed_from_the_day_of_signing(
    offices: Offices, case: str
) -> None:
    filed = offices.clock.now.date()
    offices.clock.now += timedelta(days=6)

    assert proposed(offices, case).begins == filed + timedelta(days=6)
    before, last = filed - timedelta(days=1), filed + timedelta(days=60)
    assert refused(offices, case, proposed(offices, case, begins=before, expires=last)) == "FirstDayUnasked"
    first = proposed(offices, case, begins=filed, expires=last)
    assert deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=first).terms == first


def test_a_clock_that_is_behind_proposes_no_day_before_the_filing(offices: Offices, case: str) -> None:
    filed = offices.clock.now.date()
    offices.clock.now -= timedelta(days=3)

    given = proposed(offices, case)

    assert given.begins == filed
    assert deciding.prepare(offices.installations["dan"], "dan", case, Position.APPROVE, given=given).terms == given


@pytest.mark.attack("wider boundaries signed without a reason", refusal="WiderWithoutReason")
def test_who_goes_beyond_what_was_asked_says_why(offices: Offices, case: str) -> None:
    given = offices.terms("dan", case, users=21)

    assert refused(offices, case, given) == "WiderWithoutReason"
    offices.decide("dan", case, given=given, reason="One more tester.")
    offices.travel("dan", "cleo")
    # The other office signs the very same, and leans on the reason that was given.
    assert offices.decide("cleo", case, given=given).sealed


def test_what_could_not_count_is_refused_before_it_is_signed(offices: Offices, case: str) -> None:
    first = proposed(offices, case).begins

    assert refused(offices, case, proposed(offices, case, expires=first + timedelta(days=400))) == "NotGrantable"
    assert refused(offices, case, wide(offices, case), reason="They need it.") == "NotGrantable"
