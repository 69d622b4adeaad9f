"""A revision that no guide files: nobody approves it, objections to it count, and every order of arrival gives the same state."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from tests.domain.world import PLAYBOOK, Site, filed_rule, organisation

MISFIT = {"misfit": "Yes"}


def misfit(site: Site) -> str:
    return site.revision(answers=MISFIT).id


def force(state: CaseState, act: str) -> Force:
    return state.event(act).judgement.force


@pytest.mark.attack(
    "a revision that no guide files, approved by changed programs", refusal="IGNORED, for what was filed"
)
def test_approvals_of_both_offices_decide_nothing() -> None:
    site = organisation()
    case = misfit(site)

    one, other = site.cio(case), site.ciso(case)

    state = site.state(case)
    assert (force(state, one.id), force(state, other.id)) == (Force.IGNORED, Force.IGNORED)
    assert (state.phase, state.decision, state.in_force, state.pairs) == (Phase.REVIEW, None, None, ())
    assert state.unfiled == filed_rule(case, state.revision(case).body, 1)
    assert state.blocked == ((case, state.unfiled),)
    reason = state.event(one.id).judgement.reason
    assert reason is not None
    assert words(reason).startswith("no guide files what it approves: ")


@pytest.mark.parametrize(
    ("position", "phase"), [(Position.DECLINE, Phase.DECLINED), (Position.CHANGES, Phase.CHANGES_REQUESTED)]
)
def test_an_objection_to_it_counts_at_once(position: Position, phase: Phase) -> None:
    site = organisation()
    case = misfit(site)

    made = site.cio(case, position=position)

    state = site.state(case)
    assert (force(state, made.id), state.phase) == (Force.COUNTS, phase)


def test_a_withdrawal_of_it_counts() -> None:
    site = organisation()
    case = misfit(site)
    site.withdraw("ada", case)

    assert site.state(case).phase is Phase.WITHDRAWN


def test_what_was_decided_before_it_stays_and_what_is_filed_after_it_is_judged_for_itself() -> None:
    site = organisation()
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    before = site.state(case).in_force
    assert before is not None
    later = site.revision(case=case, answers=MISFIT).id
    site.cio(case, later)
    site.ciso(case, later)

    assert site.state(case).in_force == before

    last = site.revision(case=case).id
    site.cio(case, last)
    site.ciso(case, last)

    state = site.state(case)
    assert state.unfiled is None
    assert state.in_force is not None
    assert state.in_force.revision == last


@pytest.mark.attack(
    "the playbook of a revision that no guide files held back", refusal="WAITS for the playbook, then IGNORED"
)
def test_without_its_playbook_approvals_wait_whatever_a_program_has_at_hand() -> None:
    site = organisation()
    case = misfit(site)
    made = site.cio(case)
    without = site.fork("without")
    del without.blobs[PLAYBOOK]

    state = without.state(case)

    assert (force(state, made.id), state.unfiled) == (Force.WAITS, None)
    assert PLAYBOOK in state.event(made.id).judgement.waits_for
    assert force(without.take(site).state(case), made.id) is Force.IGNORED


def test_with_an_engine_that_is_not_known_approvals_wait_as_they_did() -> None:
    site = organisation()
    case = misfit(site)
    made = site.cio(case)

    state = site.state(case, engines=(7,))

    assert (force(state, made.id), state.unfiled) == (Force.WAITS, None)
    assert words(state.event(made.id).judgement.reason).startswith("it needs a newer version of Countersign")


@pytest.mark.attack("a revision that no guide files, approved by changed programs", refusal="no decision, in any order")
@given(chance=st.randoms(use_true_random=False), parts=st.integers(min_value=2, max_value=4))
@pytest.mark.exhaustive
def test_any_split_and_any_order_give_one_state_and_nothing_on_it_is_decided(chance: Random, parts: int) -> None:
    site = organisation()
    case = site.revision(answers=chance.choice([MISFIT, {"purpose": "Write notes"}])).id
    for _ in range(chance.randint(1, 12)):
        newest = site.state(case).heads[0]
        move = chance.choice(["cio", "ciso", "cio", "ciso", "revise", "object", "comment"])
        if move == "revise":
            site.revision(case=case, answers=chance.choice([MISFIT, {"purpose": "Write notes"}]))
        elif move == "comment":
            site.comment("eve", case)
        elif move == "object":
            office, who = chance.choice([(Office.CIO, "cleo"), (Office.CISO, "dan")])
            site.opinion(who, office, case, newest, chance.choice([Position.CHANGES, Position.DECLINE]))
        else:
            (site.cio if move == "cio" else site.ciso)(case, newest, users=chance.choice([5, 20]))

    registers = [Site(f"part{number}", site.org) for number in range(parts)]
    for name, act in site.acts.items():
        for register in chance.sample(registers, chance.randint(1, parts)):
            register.acts[name] = act
    for name, data in site.blobs.items():
        chance.choice(registers).blobs[name] = data
    for register in registers:
        _nothing_misfit_is_decided(register.state(case))
    chance.shuffle(registers)
    merged = Site("merged", site.org).take(*registers).state(case)

    assert merged == site.state(case)
    _nothing_misfit_is_decided(merged)


def _nothing_misfit_is_decided(state: CaseState) -> None:
    misfits = {item.id for item in state.filed if item.body.answers == MISFIT}
    assert not misfits & {pair.revision for pair in state.pairs}
    assert state.in_force is None or state.in_force.revision not in misfits
    for event in state.events:
        if state.event(event.act.id).act.body.get("position") == "approve" and event.act.body["revision"] in misfits:
            assert event.judgement.force in (Force.IGNORED, Force.WAITS)
