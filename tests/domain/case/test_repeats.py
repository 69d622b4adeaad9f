"""An approval that says nothing new: when it is one, and that leaving it out never changes what is decided."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.answer import AnswerBody
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.case.already import said_already
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Role
from tests.domain.case.histories import World, random_world
from tests.domain.world import ASSESSMENT, Site, organisation, terms

CIO, CISO = Office.CIO, Office.CISO
seeds = st.integers(min_value=0, max_value=1_000_000)


@pytest.fixture
def site() -> Site:
    return organisation()


def repeats(state: CaseState, office: Office, users: int = 20, who: str = "") -> bool:
    person = who or {CIO: "cleo", CISO: "dan"}[office]
    return said_already(state, person, office, terms(users).digest, ASSESSMENT)


# ------------------------------------------------------------------------------------------------- what is a repetition
def test_a_decided_case_needs_no_second_signature_of_an_office_no_matter_who_holds_it(site: Site) -> None:
    case = site.revision().id
    site.ciso(case), site.cio(case)

    state = site.state(case)

    assert repeats(state, CIO)
    assert repeats(state, CISO)
    assert repeats(state, CIO, who="carol")


def test_both_signing_first_while_apart_leaves_neither_anything_to_approve(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case), away.cio(case)

    state = site.take(away).state(case)

    assert repeats(state, CIO)
    assert repeats(state, CISO)


def test_while_the_other_office_has_not_answered_there_is_nothing_to_repeat(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)

    state = site.state(case)

    assert repeats(state, CISO)
    assert not repeats(state, CIO)
    assert not repeats(state, CISO, users=50), "other terms are another opinion"
    assert not repeats(state, CISO, who="dora"), "a colleague may put their own name to it while nothing is decided"


def test_another_assessment_is_another_opinion(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)

    assert not said_already(site.state(case), "dan", CISO, terms().digest, "9" * 64)


# ----------------------------------------------------------------------------------------- what must stay possible
def test_counter_terms_may_be_answered_with_the_same_terms_again_and_once(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    site.cio(case, users=50)
    assert not repeats(site.state(case), CISO, users=20)

    site.ciso(case, users=20)

    assert repeats(site.state(case), CISO, users=20)


def test_a_contest_is_answered_by_both(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case, users=20)
    away.cio(case, users=50)
    left, right = site.fork("left").take(away), site.fork("right").take(away)
    left.ciso(case, users=50)
    right.cio(case, users=20)
    site.take(left, right)
    assert site.state(case).phase is Phase.CONTESTED

    assert not repeats(site.state(case), CISO, users=50)
    assert not repeats(site.state(case), CIO, users=20)
    site.ciso(case, users=20)
    assert repeats(site.state(case), CISO, users=20)
    assert not repeats(site.state(case), CIO, users=20)
    site.cio(case, users=20)
    assert site.state(case).phase is Phase.DECIDED


def test_an_objection_after_the_decision_may_be_answered(site: Site) -> None:
    case = site.revision().id
    site.ciso(case), site.cio(case)
    site.ciso(case, position=Position.CHANGES)
    assert site.state(case).phase is Phase.SUSPENDED

    assert not repeats(site.state(case), CIO)
    assert not repeats(site.state(case), CISO)
    site.lift("dan", case), site.lift("cleo", case)
    assert site.state(case).phase is Phase.DECIDED
    assert repeats(site.state(case), CIO)
    assert repeats(site.state(case), CISO)


def test_a_fork_is_healed_by_the_same_terms_again(site: Site) -> None:
    case = site.revision().id
    ciso = site.ciso(case)
    site.opinion("dan", CISO, case, case, given=terms(50), seq=ciso.seq, prev=ciso.prev, after=ciso.after)

    assert not repeats(site.state(case), CISO)


def test_an_opinion_under_an_expired_roster_may_be_given_again(site: Site) -> None:
    case = site.revision().id
    site.clock = datetime(2028, 1, 2, tzinfo=UTC)
    site.ciso(case)

    assert not repeats(site.state(case), CISO)


def test_proposing_other_terms_after_the_decision_can_be_taken_back(site: Site) -> None:
    case = site.revision().id
    site.ciso(case), site.cio(case)
    site.ciso(case, users=50)

    assert not repeats(site.state(case), CISO)
    assert not repeats(site.state(case), CIO), "it answers what the other office proposes now"


def test_the_present_holder_confirms_what_a_former_one_left_uncovered() -> None:
    world = World(1)
    world.opine(0, "dan", Position.APPROVE, 20)
    office = world.sites[0]
    office.checkpoint()
    world.opine(0, "cleo", Position.APPROVE, 20)
    world.end_role("cleo", Role.CIO, covering=False)
    world.grant("nina", Role.CIO)

    state = office.state(world.case)

    assert state.phase is not Phase.DECIDED
    assert not repeats(state, CIO, who="nina")


def test_what_a_colleague_left_behind_can_be_answered_once_they_have_left() -> None:
    """While she was in office nobody but Carol could replace what she said; now Cleo can, by saying the same again."""
    world = World(1)
    office = world.sites[0]
    office.checkpoint()
    world.opine(0, "dan", Position.APPROVE, 20)
    world.opine(0, "carol", Position.APPROVE, 50)
    world.opine(0, "cleo", Position.APPROVE, 20)
    world.end_role("carol", Role.CIO, covering=False)
    assert office.state(world.case).phase is not Phase.DECIDED

    assert not repeats(office.state(world.case), CIO)
    world.opine(0, "cleo", Position.APPROVE, 20)
    assert not repeats(office.state(world.case), CISO)
    world.opine(0, "dan", Position.APPROVE, 20)

    assert office.state(world.case).phase is Phase.DECIDED


# -------------------------------------------------------------------------------------------------------- the algebra
def _again(site: Site, state: CaseState, name: str) -> Act:
    """The same person approves the same again, having seen everything, on a separate installation."""
    said = state.opinion(name)
    assert said.terms is not None
    fresh = site.fork("fresh")
    made = fresh.opinion(
        state.event(name).act.person, said.office, state.case, said.revision,
        given=said.terms, assessment=said.assessment, after=state.newest,
    )  # fmt: skip
    site.take(fresh)
    return made


@given(seed=seeds)
def test_what_is_refused_as_a_repetition_would_have_changed_nothing(seed) -> None:
    world = random_world(seed)
    for site in (*world.sites, world.merged()):
        before = site.state(world.case)
        for name in before.settled:
            copy = site.fork(site.name)
            again = _again(copy, before, name)
            after = copy.state(world.case)
            said = before.opinion(name)
            assert said_already(before, again.person, said.office, said.terms_digest, said.assessment)
            assert (after.phase, after.turn, after.blocked) == (before.phase, before.turn, before.blocked)
            assert after.in_force == before.in_force
            fates = {pair.opinions: pair.fate for pair in after.pairs}
            assert {pair.opinions: fates[pair.opinions] for pair in before.pairs} == {
                pair.opinions: pair.fate for pair in before.pairs
            }


@given(seed=seeds, users=st.sampled_from([20, 50]))
@pytest.mark.exhaustive
def test_leaving_repetitions_out_never_keeps_the_offices_from_deciding(seed, users) -> None:
    """Both offices say in turn that they approve; a person who skips what is said already gets as far."""
    world = random_world(seed)
    polite, always = world.merged(), world.merged()
    for site, skips in ((polite, True), (always, False)):
        for number, (who, office) in enumerate([("dan", CISO), ("cleo", CIO)] * 2):
            state = site.state(world.case)
            if state.current is None or (skips and repeats(state, office, users)):
                continue
            fresh = site.fork(f"{who} {number}")
            given = terms(users)
            fresh.opinion(who, office, world.case, state.current.id, given=given, after=state.newest)
            site.take(fresh)

    one, other = polite.state(world.case), always.state(world.case)

    assert one.phase is other.phase
    assert (one.in_force and one.in_force.terms) == (other.in_force and other.in_force.terms)


@given(seed=seeds)
def test_a_standing_pair_on_the_same_terms_makes_every_office_in_it_settled(seed) -> None:
    """Unless one of them has something to answer: an opinion on other terms, or against, or what the owner’s side said of them."""
    world = random_world(seed)
    state = world.merged().state(world.case)
    if state.decision is None or state.decision.terms is None or not state.settled:
        return
    others = [
        event.act.id
        for event in state.events
        if (
            isinstance(event.body, AnswerBody)
            or (isinstance(event.body, OpinionBody) and event.body.terms != state.decision.terms)
        )
        and event.body.revision == state.decision.revision
        and event.judgement.force in ("counts", "objects", "spent")
    ]
    standing = [pair for pair in state.pairs if pair.fate is Fate.IN_FORCE]
    if not others:
        assert {name for pair in standing for name in pair.opinions} & set(state.settled)
