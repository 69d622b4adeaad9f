"""Since when it is somebody's turn: against a replay that folds after every act, and with remarks that must not move it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.workdays import USUAL, Workdays
from intake.domain.case import whose_turn
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import Phase
from intake.domain.case.whose_turn import TurnBegan, turn_began, turn_ends
from tests.domain.case.histories import fold, random_world
from tests.domain.world import START, Site, organisation, terms

TODAY = START.date()
seeds = st.integers(min_value=0, max_value=1_000_000)


@pytest.fixture
def site() -> Site:
    return organisation()


def later(site: Site, days: int) -> date:
    """Go on so many days after the first, and give the day."""
    site.clock = START + timedelta(days=days)
    return site.clock.date()


def began(site: Site, case: str) -> date:
    found = turn_began(site.state(case))
    assert found is not None
    return found.day


def test_nothing_has_begun_while_nothing_of_a_case_counts(site: Site) -> None:
    case = site.revision("eve").id

    state = fold(site, case, [])

    assert turn_began(state) is None
    assert turn_ends(state, 5, USUAL) is None


def test_every_phase_says_what_made_it_so() -> None:
    assert set(whose_turn._BEGINS) == set(Phase)


# --------------------------------------------------------------------------------- what moves it and what does not
def test_a_comment_a_resolution_a_note_and_a_checkpoint_move_no_deadline(site: Site) -> None:
    case = site.revision().id
    before = turn_ends(site.state(case), 5, USUAL)

    later(site, 19)
    remark = site.comment("ada", case)
    site.comment("cleo", case, remark.id)
    site.resolve("ada", case, remark)
    site.act("ada", "note-archive", {"text": "?"}, case=case)
    site.checkpoint()

    assert began(site, case) == TODAY
    assert turn_ends(site.state(case), 5, USUAL) == before == date(2026, 11, 27)


def test_the_turn_of_the_other_office_begins_with_the_first_approval_and_no_second_one_moves_it(site: Site) -> None:
    case = site.revision().id
    handed = later(site, 3)
    site.ciso(case)
    later(site, 9)
    site.ciso(case, users=50)

    assert site.state(case).turn == ("cio",)
    assert began(site, case) == handed


def test_a_request_for_changes_is_counted_from_itself_and_what_is_filed_then_from_its_filing(site: Site) -> None:
    case = site.revision().id
    asked = later(site, 4)
    site.ciso(case, position=Position.CHANGES)
    later(site, 6)
    site.cio(case, position=Position.CHANGES)
    assert began(site, case) == asked

    filed = later(site, 11)
    site.revision(case=case)
    assert began(site, case) == filed


def test_each_answer_with_other_terms_begins_the_turn_of_the_other(site: Site) -> None:
    case = site.revision().id
    for days, (say, users) in enumerate(((site.ciso, 20), (site.cio, 50), (site.ciso, 30)), start=1):
        answered = later(site, days)
        say(case, users=users)
        assert began(site, case) == answered
    later(site, 8)
    site.ciso(case, users=40)
    assert began(site, case) == answered, "the same office changed its mind, and it is the other's turn all the same"


def test_offices_that_met_with_other_terms_count_from_the_later_of_the_two(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    later(site, 2)
    site.ciso(case, users=20)
    second = later(away, 5)
    away.cio(case, users=50)

    assert site.take(away).state(case).turn == ("cio", "ciso")
    assert began(site, case) == second


def test_a_suspended_case_counts_from_its_suspension_also_while_a_newer_revision_is_reviewed(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    held = later(site, 10)
    site.suspend("dan", case)
    later(site, 12)
    site.suspend("cleo", case)
    assert began(site, case) == held

    later(site, 20)
    site.lift("dan", case)
    assert (site.state(case).turn, began(site, case)) == (("cio",), held)
    site.revision(case=case)
    assert (site.state(case).phase, began(site, case)) == (Phase.REVIEW, held)
    assert turn_ends(site.state(case), 5, USUAL) is None


def test_what_both_have_lifted_goes_on_from_the_second_half(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    site.suspend("dan", case)
    site.lift("dan", case)
    lifted = later(site, 9)
    site.lift("cleo", case)

    assert (site.state(case).phase, began(site, case)) == (Phase.DECIDED, lifted)


def test_two_revisions_conflict_from_the_second_on(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    later(site, 2)
    site.revision(case=case)
    second = later(away, 6)
    away.revision(case=case, title="Meeting minutes")

    assert began(site.take(away), case) == second


def test_a_withdrawal_ends_it_once(site: Site) -> None:
    case = site.revision().id
    withdrawn = later(site, 3)
    site.withdraw("ada", case)

    assert began(site, case) == withdrawn
    assert turn_ends(site.state(case), 5, USUAL) is None


def test_working_days_of_the_organisation_are_counted(site: Site) -> None:
    case = site.revision().id  # a Sunday
    free = Workdays(free=frozenset({date(2026, 11, 24)}))

    assert turn_ends(site.state(case), 2, USUAL) == date(2026, 11, 24)
    assert turn_ends(site.state(case), 2, free) == date(2026, 11, 25)


# -------------------------------------------------------------------------------------------------- in any history
def remark(site: Site, case: str, chance: Random) -> None:
    """Somebody says something that does nothing."""
    who = chance.choice(["ada", "cleo", "dan", "bob", "eve"])
    match chance.randrange(4):
        case 0:
            site.comment(who, case)
        case 1:
            site.resolve(who, case, site.comment(who, case))
        case 2:
            site.act(who, "note-archive", {"text": "?"}, case=case)
        case _:
            site.checkpoint()


@given(seed=seeds)
def test_no_remark_moves_a_clock_in_any_history(seed: int) -> None:
    world = random_world(seed)
    site = world.merged()
    before = turn_began(site.state(world.case))

    site.clock += timedelta(days=19)
    for number in range(3):
        remark(site, world.case, Random(seed + number))

    assert turn_began(site.state(world.case)) == before


@given(seed=seeds, order=st.randoms(use_true_random=False))
def test_it_is_the_same_after_any_merge(seed: int, order: Random) -> None:
    world = random_world(seed)
    merged = world.merged()
    sites = list(world.sites)
    order.shuffle(sites)
    other = sites[0].fork("other").take(*sites[1:], *sites)

    assert turn_began(other.state(world.case)) == turn_began(merged.state(world.case))


def linear(site: Site, case: str, chance: Random) -> None:
    """One move of people who all see everything at once."""
    site.clock += timedelta(days=chance.randrange(1, 5))
    position = chance.choice([Position.APPROVE] * 6 + [Position.CHANGES, Position.DECLINE])
    who, office = chance.choice([("cleo", Office.CIO), ("dan", Office.CISO)])
    state = site.state(case)
    match chance.choice(["opinion"] * 8 + ["suspend", "lift", "lift", "lift", "revise", "withdraw", "comment"]):
        case "suspend":
            site.suspend(who, case)
        case "lift" if any(item.open for item in state.suspensions):
            site.lift(who, case)
        case "revise":
            site.revision(case=case, title=f"Version {len(site.acts)}")
        case "withdraw" if chance.random() < 0.3:
            site.withdraw("ada", case)
        case "comment":
            site.comment(who, case)
        case _:
            revision = state.current.id if state.current else case
            site.opinion(who, office, case, revision, position, terms(chance.choice([20, 20, 50])))


def looks_like(state: CaseState) -> tuple[object, ...]:
    """What a turn is to people: on which revision, in which phase, whose. Who completes a record does not begin it again."""
    assert state.current is not None
    turn = () if state.phase in (Phase.DECIDED, Phase.SUSPENDED) else state.turn
    return state.current.id, state.phase, turn, state.decision.terms if state.decision else None


@given(seed=seeds)
def test_it_is_what_a_replay_finds_that_folds_after_every_act(seed: int) -> None:
    """Another reading of the rule: the first act since which the case has looked as it does now."""
    chance, site = Random(seed), organisation()
    case = site.revision().id
    first, seen = site.acts[case], looks_like(site.state(case))

    for _ in range(10):
        known = set(site.acts)
        linear(site, case, chance)
        (made,) = (act for name, act in site.acts.items() if name not in known)
        state = site.state(case)
        if (now := looks_like(state)) != seen:
            first, seen = made, now
        held = [site.acts[item.act] for item in state.suspensions if item.open]
        offices = {"cio", "ciso"} & set(state.turn) or state.phase is Phase.DECIDED
        if made.kind == "lift" and not held and offices:
            first = made  # it was held until now
        act = held[0] if held and offices else first
        lifted = any(not item.open for item in state.suspensions)
        if lifted and state.phase in (Phase.DECLINED, Phase.CHANGES_REQUESTED):
            return  # what is lifted is as if it had never been said: what was said beside it counts from itself
        assert turn_began(state) == TurnBegan(act.id, act.at.date())
