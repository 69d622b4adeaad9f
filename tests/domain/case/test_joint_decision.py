"""When there is a decision and when there is not: the journey of one case, and everything that may cross it."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Outcome, Phase, RecordState
from intake.domain.terms.terms import Stage
from tests.domain.world import PLAYBOOK, Site, organisation, roster, terms


@pytest.fixture
def site() -> Site:
    return organisation()


def test_a_filed_case_waits_for_both_offices(site: Site) -> None:
    case = site.revision().id

    state = site.state(case)

    assert (state.phase, state.turn, state.decision) == (Phase.REVIEW, ("cio", "ciso"), None)
    assert state.agreement.missing == {"cio", "ciso"}


def test_one_signature_is_not_a_decision(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)

    state = site.state(case)

    assert (state.phase, state.turn, state.in_force) == (Phase.COUNTERSIGN, ("cio",), None)
    assert state.agreement.signed == {"ciso"}


def test_both_on_the_same_terms_decide(site: Site) -> None:
    case = site.revision().id
    first = site.ciso(case)
    second = site.cio(case)

    state = site.state(case)

    assert state.phase is Phase.DECIDED
    assert state.in_force is not None
    assert state.in_force.outcome is Outcome.APPROVED
    assert set(state.in_force.opinions) == {first.id, second.id}
    assert state.in_force.terms == terms()
    assert state.in_force.record_state is RecordState.OPEN


def test_counter_terms_hand_the_turn_back(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    site.cio(case, users=50)

    state = site.state(case)

    assert (state.phase, state.turn, state.in_force) == (Phase.TERMS_DIFFER, ("ciso",), None)


def test_accepting_counter_terms_decides_on_them(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    site.cio(case, users=50)
    site.ciso(case, users=50)
    site.accept("ada", case)

    state = site.state(case)

    assert state.in_force is not None
    assert state.in_force.terms == terms(50)


@pytest.mark.attack("both sign first", refusal="DECIDED, the record OPEN")
def test_both_signing_first_while_apart_decides_and_leaves_the_record_open(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case)
    away.cio(case)

    state = site.take(away).state(case)

    assert state.phase is Phase.DECIDED
    assert state.decision is not None
    assert state.decision.record_state is RecordState.OPEN
    assert len(state.turn) == 1


def test_a_sealed_record_ends_everybodys_turn(site: Site) -> None:
    case = site.revision().id
    first, second = site.ciso(case), site.cio(case)
    site.seal("cleo", case, first, second)

    state = site.state(case)

    assert state.turn == ()
    assert state.decision is not None
    assert state.decision.record_state is RecordState.SEALED


@pytest.mark.attack("a seal by a stranger", refusal="the record stays OPEN")
def test_a_stranger_cannot_seal(site: Site) -> None:
    case = site.revision().id
    first, second = site.ciso(case), site.cio(case)
    site.seal("ada", case, first, second)

    state = site.state(case)

    assert state.decision is not None
    assert state.decision.record_state is RecordState.OPEN


@pytest.mark.attack("both offices accept each other's terms while apart", refusal="CONTESTED")
def test_accepting_each_others_terms_while_apart_is_contested_until_both_speak_again(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case, users=20)
    away.cio(case, users=50)
    left, right = site.fork("left").take(away), site.fork("right").take(away)
    left.ciso(case, users=50)
    right.cio(case, users=20)

    state = site.take(left, right).state(case)

    assert (state.phase, state.in_force, state.turn) == (Phase.CONTESTED, None, ("cio", "ciso"))

    site.ciso(case, users=20)
    assert site.state(case).in_force is None

    site.cio(case, users=20)
    settled = site.state(case)
    assert settled.in_force is not None
    assert settled.in_force.terms == terms(20)
    assert settled.phase is Phase.DECIDED


@pytest.mark.attack("one withdraws while the other countersigns", refusal="CONTESTED")
def test_one_withdraws_an_approval_while_the_other_countersigns_is_contested(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    away = site.fork("away")
    site.cio(case, position=Position.CHANGES)
    away.ciso(case)

    state = site.take(away).state(case)

    assert state.phase is Phase.CONTESTED
    assert state.in_force is None


@pytest.mark.attack("a countersignature on what was replaced", refusal="VOID")
def test_countersigning_a_replaced_opinion_is_void(site: Site) -> None:
    case = site.revision().id
    site.cio(case, users=20)
    site.cio(case, users=50)
    site.ciso(case, users=20)

    state = site.state(case)

    assert [pair.fate for pair in state.pairs] == [Fate.VOID]
    assert (state.phase, state.in_force) == (Phase.TERMS_DIFFER, None)


def test_a_decline_is_a_decision_at_once(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, position=Position.DECLINE)

    state = site.state(case)

    assert (state.phase, state.turn) == (Phase.DECLINED, ())
    assert state.decision is not None
    assert state.decision.outcome is Outcome.DECLINED
    assert state.in_force is None


def test_a_change_request_hands_the_turn_to_the_owner(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, position=Position.CHANGES)
    site.cio(case)

    assert site.state(case).turn == ("owner",)


def test_an_objection_after_the_decision_pauses_it(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    site.ciso(case, position=Position.CHANGES)

    state = site.state(case)

    assert (state.phase, state.in_force) == (Phase.SUSPENDED, None)


def test_only_both_offices_lift_what_one_of_them_stopped(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    site.ciso(case, position=Position.CHANGES)
    site.ciso(case)
    # Approving again lifts nothing, whoever does it.
    assert (site.state(case).phase, site.state(case).in_force) == (Phase.SUSPENDED, None)
    assert site.state(case).turn == ("cio", "ciso")

    site.lift("dan", case)
    assert (site.state(case).in_force, site.state(case).turn) == (None, ("cio",))

    site.lift("cleo", case)
    assert site.state(case).in_force is not None


def test_proposing_other_terms_after_the_decision_leaves_it_standing(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    site.ciso(case, users=50)

    state = site.state(case)

    assert state.in_force is not None
    assert state.in_force.terms == terms(20)


def test_a_new_pair_replaces_the_old_terms(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    site.ciso(case, users=50)
    site.cio(case, users=50)
    site.accept("ada", case)

    state = site.state(case)

    assert state.in_force is not None
    assert state.in_force.terms == terms(50)
    assert [pair.fate for pair in state.pairs].count(Fate.IN_FORCE) == 1


def test_filing_again_does_not_stop_the_pilot(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    later = site.revision(case=case, stage=Stage.SCALED)

    state = site.state(case)

    assert state.current is not None
    assert state.current.id == later.id
    assert (state.phase, state.decision) == (Phase.REVIEW, None)
    assert state.in_force is not None
    assert state.in_force.revision == case


def test_a_decision_on_the_larger_step_takes_over(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    later = site.revision(case=case, stage=Stage.SCALED).id
    site.ciso(case, later, users=500)
    site.cio(case, later, users=500)
    site.accept("ada", case)

    state = site.state(case)

    assert state.in_force is not None
    assert state.in_force.revision == later


def test_approving_an_old_revision_while_a_new_one_was_filed_is_held(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    away = site.fork("away")
    site.revision(case=case)
    away.cio(case)

    state = site.take(away).state(case)

    assert [pair.fate for pair in state.pairs] == [Fate.ON_HOLD]
    assert state.in_force is None


def test_two_revision_heads_conflict_until_one_names_both(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.revision(case=case)
    away.revision(case=case, title="Meeting minutes")

    site.take(away)
    assert (site.state(case).phase, site.state(case).turn) == (Phase.CONFLICT, ("owner",))

    site.revision(case=case)
    assert site.state(case).phase is Phase.REVIEW


def test_approvals_in_a_conflict_are_held(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    one = site.revision(case=case)
    away.revision(case=case, title="Meeting minutes")
    site.take(away)
    site.cio(case, one.id)
    site.ciso(case, one.id)

    state = site.state(case)

    assert state.in_force is None
    assert [pair.fate for pair in state.pairs] == [Fate.ON_HOLD]


def test_a_withdrawn_case_is_not_decided_even_when_both_countersign_meanwhile(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.withdraw("ada", case)
    away.cio(case)
    away.ciso(case)

    state = site.take(away).state(case)

    assert (state.phase, state.in_force, state.turn) == (Phase.WITHDRAWN, None, ())


def test_filing_again_after_a_withdrawal_does_not_bring_the_old_decision_back(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    site.withdraw("ada", case)
    site.revision(case=case)

    state = site.state(case)

    assert (state.phase, state.in_force) == (Phase.REVIEW, None)


@pytest.mark.parametrize("kind", ["withdraw", "revision"])
def test_a_stranger_to_the_case_moves_nothing(site: Site, kind: str) -> None:
    case = site.revision().id
    act = site.revision("eve", case=case) if kind == "revision" else site.withdraw("eve", case)

    state = site.state(case)

    assert state.event(act.id).judgement.force is Force.IGNORED
    assert state.heads == (case,)
    assert state.phase is Phase.REVIEW


def test_approval_of_another_revision_does_not_carry_over(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    later = site.revision(case=case)
    site.cio(case, later.id)

    state = site.state(case)

    assert (state.phase, state.in_force) == (Phase.COUNTERSIGN, None)


def test_approvals_that_rest_on_different_assessments_make_no_pair(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, assessment="1" * 64)
    site.cio(case, assessment="2" * 64)

    assert site.state(case).pairs == ()


@pytest.mark.attack("a CIO who owns the case", refusal="nothing in force")
def test_an_officer_who_owns_the_case_cannot_decide_on_it(site: Site) -> None:
    case = site.revision("cleo", owner="cleo").id
    site.cio(case)
    site.ciso(case)

    assert site.state(case).in_force is None


@pytest.mark.attack("a CIO who submitted the case", refusal="nothing in force")
def test_an_officer_who_submitted_an_earlier_revision_cannot_decide_on_a_later_one(site: Site) -> None:
    case = site.revision("cleo").id
    later = site.revision("ada", case=case).id
    site.cio(case, later)
    site.ciso(case, later)

    assert site.state(case).in_force is None


def test_the_state_names_everybody_with_a_part_in_a_revision(site: Site) -> None:
    first = site.revision(owner="cleo")
    site.revision(case=first.id, owner="eve")

    state = site.state(first.id)

    assert [item.parties for item in state.revisions] == [(), ("ada", "cleo", "eve")]


@pytest.mark.attack("one office speaks for the other", refusal="IGNORED")
def test_one_office_cannot_speak_for_the_other(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    act = site.opinion("cleo", Office.CISO, case, case)

    state = site.state(case)

    assert state.event(act.id).judgement.force is Force.IGNORED
    assert state.in_force is None


def test_nobody_grants_a_larger_step_than_was_asked_for(site: Site) -> None:
    case = site.revision().id
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, case, given=terms(stage=Stage.SCALED))

    state = site.state(case)

    assert (state.pairs, state.in_force) == ((), None)


def test_an_approval_by_another_playbook_than_the_revision_names_does_not_count(site: Site) -> None:
    case = site.revision(playbook="9" * 64).id
    site.ciso(case)
    site.cio(case)

    state = site.state(case)

    assert (state.pairs, state.in_force) == ((), None)


@pytest.mark.parametrize(("accepted", "decided"), [(PLAYBOOK, True), ("9" * 64, False)])
def test_only_a_playbook_the_roster_accepts_leads_to_a_decision(accepted: str, decided: bool) -> None:
    site = Site("office")
    site.publish(roster(playbooks=(AcceptedPlaybook(accepted, 9, 1),)), "bob", "finn")
    case = site.revision().id
    site.ciso(case)
    site.cio(case)

    assert (site.state(case).in_force is not None) is decided
