"""What both offices decided holds once the owner has accepted it (rule R11): who accepts, what goes on meanwhile, what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.accept import AcceptBody
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.case.acceptance import ACCEPTANCE_DAYS, TighteningPrice
from intake.domain.case.allowed import allowed
from intake.domain.case.asking import asks
from intake.domain.case.asks import TodoKind
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.case.status import status
from intake.domain.case.stop import StopWhy, stopped
from intake.domain.organisation.roster import Grant, Period, Person, Role
from intake.domain.terms import terms as agreed
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage, Terms
from tests.domain.case.test_horizon import follow, others
from tests.domain.world import PEOPLE, SINCE, START, Site, certificate, organisation, person, roster, terms

TODAY = START.date()
NOT_THEIRS = "only the owner, the submitter or a rostered successor may do this"
NOT_ACCOUNTABLE = "only the owner who answers for the revision, or a rostered successor, accepts"
SPOKE = "its signer has given an opinion in this case and cannot accept for the owner"


@pytest.fixture
def site() -> Site:
    return organisation()


def decide(site: Site, case: str, users: int = 5, on: str = "") -> None:
    site.ciso(case, on, users=users)
    site.cio(case, on, users=users)


def seen(site: Site, case: str) -> tuple[Phase, tuple[str, ...], Terms | None]:
    state = site.state(case)
    return state.phase, state.turn, state.in_force.terms if state.in_force else None


def refused(site: Site, case: str, act: str) -> tuple[Force, str]:
    found = site.state(case).event(act).judgement
    return found.force, words(found.reason)


def successor(case: str, name: str) -> Person:
    return person(name, Grant(Role.OWNER, case, False, Period(SINCE, None, "")))


# ------------------------------------------------------------------------------------------------------- who accepts


def test_the_owners_own_filing_accepts_what_it_proposes(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 20)

    state = site.state(case)

    assert (state.phase, state.turn) == (Phase.DECIDED, ("ciso",)), "only the record lacks a signature"
    assert state.acceptance is not None
    assert state.acceptance.by == case
    assert state.prices == ()


@pytest.mark.parametrize("given", [
    terms(5), terms(50), terms(20, Stage.IDEA),
    agreed.terms(Stage.PILOT, terms(20).boundaries, (Condition(date(2027, 1, 1), "ada", "Train"),), TODAY, date(2027, 6, 30)),
], ids=["tighter", "wider", "a smaller step", "a condition"])  # fmt: skip
def test_what_differs_from_what_was_asked_waits_for_the_owner(site: Site, given: Terms) -> None:
    case = site.revision().id
    made = [site.opinion("dan", Office.CISO, case, case, given=given)]
    made.append(site.opinion("cleo", Office.CIO, case, case, given=given))
    site.seal("cleo", case, *made)
    waiting = site.state(case)

    assert (waiting.phase, waiting.turn, waiting.in_force) == (Phase.ACCEPTANCE, ("owner",), None)
    assert waiting.decision is not None, "both have signed: the decision is there"
    assert not status(waiting, TODAY).may_run
    assert stopped(waiting, TODAY) is None, "nothing ever ran"

    accepted = site.accept("ada", case)

    state = site.state(case)
    assert seen(site, case) == (Phase.DECIDED, (), given)
    assert state.acceptance is not None
    assert state.acceptance.by == accepted.id
    assert status(state, TODAY).may_run is (given.stage is not Stage.IDEA)


@pytest.mark.parametrize("given", [
    replace(terms(20), expires=date(2027, 1, 1)), replace(terms(20), begins=date(2026, 12, 1)),
], ids=["ends sooner", "begins later"])  # fmt: skip
def test_the_days_are_not_the_owners_to_propose(site: Site, given: Terms) -> None:
    case = site.revision().id
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, case, given=given)

    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack("what a submitter filed for the owner taken as accepted", refusal="ACCEPTANCE, nothing is in force")
def test_a_submitters_filing_accepts_nothing(site: Site) -> None:
    case = site.revision("ada", owner="eve").id
    decide(site, case, 20)
    assert seen(site, case)[0] is Phase.ACCEPTANCE

    by_submitter = site.accept("ada", case)
    assert refused(site, case, by_submitter.id) == (Force.IGNORED, NOT_ACCOUNTABLE)
    assert seen(site, case)[2] is None

    site.accept("eve", case)
    assert seen(site, case)[2] == terms(20)


@pytest.mark.attack("an acceptance by an office, or by a stranger", refusal="IGNORED, nothing is in force")
@pytest.mark.parametrize("who", ["dan", "cleo", "bob", "eve"])
def test_nobody_else_accepts(site: Site, who: str) -> None:
    case = site.revision().id
    decide(site, case)

    found = site.accept(who, case)

    force, reason = refused(site, case, found.id)
    assert (force, reason) == (Force.IGNORED, SPOKE if who in ("dan", "cleo") and reason != NOT_THEIRS else NOT_THEIRS)
    assert seen(site, case)[2] is None


def test_a_rostered_successor_accepts(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    follow(site, [*others("eve"), successor(case, "eve")])

    site.accept("eve", case)

    assert seen(site, case)[2] == terms(5)


@pytest.mark.attack("an acceptance by an officer who succeeds the owner", refusal="IGNORED, nothing is in force")
def test_who_gave_an_opinion_does_not_accept_as_successor(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    grant = Grant(Role.OWNER, case, False, Period(SINCE, None, ""))
    follow(site, [*others("dan"), person("dan", Role.CISO, grant)])

    found = site.accept("dan", case)

    assert refused(site, case, found.id) == (Force.IGNORED, SPOKE)
    assert seen(site, case)[2] is None


@pytest.mark.attack(
    "an opinion under the owner's name, signed by somebody else", refusal="IGNORED: what was accepted stays in force"
)
@pytest.mark.parametrize("who", ["eve", "dan", "stranger"])
@pytest.mark.parametrize("roster_named", ["here", "nowhere"])
@pytest.mark.parametrize("position", [Position.APPROVE, Position.DECLINE])
def test_an_opinion_in_the_name_of_the_owner_takes_no_acceptance_away(
    site: Site, who: str, roster_named: str, position: Position
) -> None:
    case = site.revision().id
    decide(site, case)
    site.accept("ada", case)
    before = seen(site, case)
    assert before[2] is not None

    made = site.opinion(who, Office.CIO, case, case, position)
    del site.acts[made.id]
    named = site.roster if roster_named == "here" else "e" * 64
    forged = replace(made, id="0" * 64, person="ada", roster=named)
    site.acts[forged.id] = forged

    assert site.state(case).event(forged.id).judgement.force in (Force.IGNORED, Force.WAITS)
    assert seen(site, case) == before


def test_an_opinion_in_the_name_of_the_owner_does_not_keep_her_from_accepting(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    made = site.opinion("eve", Office.CIO, case, case)
    del site.acts[made.id]
    site.acts["0" * 64] = replace(made, id="0" * 64, person="ada")

    assert allowed(site.state(case), site.history(), "ada").accept is None
    assert any(ask.kind is TodoKind.ACCEPT for ask in asks(site.state(case), "ada", TODAY, None))
    site.accept("ada", case)

    assert seen(site, case)[2] == terms(5)


def test_what_a_stolen_key_said_beyond_its_cut_off_takes_no_acceptance_away(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    site.accept("ada", case)
    listed = site.checkpoint()
    site.opinion("ada", Office.CIO, case, case)
    assert seen(site, case)[2] is None

    follow(site, PEOPLE, cutoffs={canonical.sha256(certificate("ada")): listed.id})

    assert seen(site, case)[2] == terms(5)


# --------------------------------------------------------------------------------------------------------- of what


@pytest.mark.attack("an acceptance signed before both had decided", refusal="ACCEPTANCE, nothing is in force")
@pytest.mark.parametrize("first", ["before either", "before the second"])
def test_an_acceptance_before_the_pair_existed_accepts_nothing(site: Site, first: str) -> None:
    case = site.revision().id
    if first == "before the second":
        site.ciso(case, users=5)
    early = site.accept("ada", case, terms(5))
    if first == "before either":
        site.ciso(case, users=5)
    site.cio(case, users=5)

    assert site.state(case).event(early.id).judgement.force is Force.COUNTS
    assert seen(site, case)[::2] == (Phase.ACCEPTANCE, None)


@pytest.mark.attack(
    "an acceptance replayed on other terms, on another revision or case", refusal="ACCEPTANCE, nothing is in force"
)
@pytest.mark.parametrize("on", ["other terms", "another assessment", "another revision", "another case"])
def test_an_acceptance_is_of_what_it_names(site: Site, on: str) -> None:
    case = site.revision().id
    decide(site, case)
    accepted = site.accept("ada", case)
    if on == "other terms":
        decide(site, case, 7)
        assert seen(site, case)[0] is Phase.ACCEPTANCE
        in_force = seen(site, case)[2]
        assert in_force is not None
        assert in_force.boundaries == terms(5).boundaries, "the accepted terms go on, and no wider"
    elif on == "another assessment":
        for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
            site.opinion(who, office, case, site.revision(case=case).id if who == "dan" else site.state(case).heads[0],
                         given=terms(5), assessment="a" * 64)  # fmt: skip
        body = AcceptBody(site.state(case).heads[0], terms(5).digest, "c" * 64)
        site.act("ada", "accept", body.as_json(), case=case)
        assert seen(site, case)[0] is Phase.ACCEPTANCE
    elif on == "another revision":
        later = site.revision(case=case).id
        decide(site, case, 5, later)
        site.act("ada", "accept", accepted.body, case=case)
        assert seen(site, case)[0] is Phase.ACCEPTANCE
    else:
        other = site.revision(title="Another").id
        decide(site, other)
        site.act("ada", "accept", accepted.body, case=other)
        assert seen(site, other)[::2] == (Phase.ACCEPTANCE, None)


def test_an_acceptance_waits_for_all_that_it_names(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    accepted = site.accept("ada", case)
    hidden = next(name for name, act in site.acts.items() if act.person == "dan")
    away = site.fork("away")
    del away.acts[hidden]

    assert away.state(case).event(accepted.id).judgement.force is Force.WAITS
    assert away.state(case).in_force is None


# --------------------------------------------------------------------------------------------------------- answers


def test_an_answer_asks_both_offices_and_voids_nothing(site: Site) -> None:
    case = site.revision().id
    made = (site.ciso(case, users=5), site.cio(case, users=5))
    site.seal("cleo", case, *made)

    answered = site.answer("ada", case, 5)

    state = site.state(case)
    assert (state.phase, state.turn) == (Phase.ACCEPTANCE, ("cio", "ciso"))
    assert state.decision is not None
    assert state.acceptance is not None
    assert [(item.act, item.about, item.text) for item in state.acceptance.answers] == [
        (answered.id, "user_permissions.max_users", "It costs us a branch")
    ]
    site.ciso(case, users=5)
    assert site.state(case).turn == ("cio",)
    site.cio(case, users=5)
    assert site.state(case).turn == ("owner",), "the same terms answer it too"
    site.accept("ada", case)
    assert seen(site, case)[::2] == (Phase.DECIDED, terms(5))


def test_an_office_that_moves_after_an_answer_is_answered_by_the_other(site: Site) -> None:
    case = site.revision().id
    made = (site.ciso(case, users=5), site.cio(case, users=5))
    site.seal("cleo", case, *made)
    site.answer("ada", case, 5)
    site.ciso(case, users=10)
    assert site.state(case).turn == ("cio",)
    site.cio(case, users=5)
    assert site.state(case).turn == ("ciso",), "the CIO has seen the other terms"
    site.ciso(case, users=5)
    assert site.state(case).turn == ("owner",)


def test_an_answer_counts_though_what_it_names_is_missing(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    away = site.fork("away")
    site.comment("ada", case)
    site.ciso(case, users=5)
    answered = site.answer("ada", case, 5)
    away.acts[answered.id] = answered

    assert away.state(case).event(answered.id).judgement.force is Force.OBJECTS
    assert "owner" not in away.state(case).turn


@pytest.mark.attack("an acceptance beside an answer", refusal="ACCEPTANCE, nothing is in force")
@pytest.mark.parametrize("who", ["ada", "eve"])
def test_accept_and_answer_beside_each_other_accept_nothing(site: Site, who: str) -> None:
    case = site.revision("eve", owner="ada").id
    decide(site, case)
    away = site.fork("away")
    site.accept("ada", case)
    assert seen(site, case)[2] == terms(5)

    away.answer(who, case, 5)
    site.take(away)

    assert seen(site, case)[::2] == (Phase.ACCEPTANCE, None)
    site.ciso(case, users=5)
    site.cio(case, users=5)
    assert seen(site, case)[::2] == (Phase.ACCEPTANCE, None), "answered, and not accepted by that"
    site.accept("ada", case)
    assert seen(site, case)[2] == terms(5)


def test_an_acceptance_that_has_seen_the_answer_accepts_and_an_answer_after_it_takes_nothing_back(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    site.answer("ada", case, 5)
    site.accept("ada", case)
    assert seen(site, case)[2] == terms(5)

    site.answer("ada", case, 5)
    assert seen(site, case)[2] == terms(5)


@pytest.mark.attack("an answer by somebody who is not of the owner's side", refusal="IGNORED, it is the owner's turn")
@pytest.mark.parametrize("who", ["eve", "dan", "bob"])
def test_only_the_owners_side_answers(site: Site, who: str) -> None:
    case = site.revision().id
    decide(site, case)

    found = site.answer(who, case, 5)

    assert refused(site, case, found.id) == (Force.IGNORED, NOT_THEIRS)
    assert "owner" in site.state(case).turn


# --------------------------------------------------------------------------------------- what goes on meanwhile


def test_what_was_in_force_before_goes_on_inside_both_for_fourteen_days(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 20)
    later = site.revision(case=case, answers={"users": 100}).id
    decide(site, case, 10, later)

    state = site.state(case)
    until = TODAY + timedelta(days=14)

    assert state.in_force is not None
    assert (state.in_force.revision, state.in_force.terms) == (case, replace(terms(10), expires=until))
    assert status(state, until).may_run
    assert not status(state, until + timedelta(days=1)).may_run
    stop = stopped(state, until + timedelta(days=1))
    assert stop is not None
    assert (stop.why, stop.since, words(stop.sentence)) == (
        StopWhy.UNACCEPTED, until, "Stop it now: the owner has not accepted what both offices decided since.",
    )  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [(30, 30), (0, 0), (-1, 14), ("many", 14), (366, 14)])
def test_the_roster_gives_the_days(given: int | str, expected: int) -> None:
    site = Site("office")
    site.publish(replace(roster(), policy={ACCEPTANCE_DAYS: given}), "bob", "finn")
    case = site.revision().id
    decide(site, case, 20)
    decide(site, case, 5)

    found = site.state(case).acceptance

    assert found is not None
    assert found.until == TODAY + timedelta(days=expected)


def test_wider_terms_do_not_begin_before_they_are_accepted(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 20)
    decide(site, case, 500)

    in_force = seen(site, case)[2]

    assert in_force is not None
    assert in_force.boundaries == terms(20).boundaries


def test_nothing_goes_on_where_nothing_is_inside_both(site: Site) -> None:
    """Another provider is neither tighter nor wider."""
    case = site.revision().id
    decide(site, case, 20)
    named = agreed.terms(Stage.PILOT, TABLE_1.boundaries({"model_scope.provider": "One"}), (), TODAY, date(2027, 6, 30))
    other = replace(named, boundaries=TABLE_1.boundaries({"model_scope.provider": "Other"}))
    for given, accepts in ((named, True), (other, False)):
        site.opinion("dan", Office.CISO, case, case, given=given)
        site.opinion("cleo", Office.CIO, case, case, given=given)
        if accepts:
            site.accept("ada", case)

    state = site.state(case)

    assert state.in_force is None
    stop = stopped(state, TODAY)
    assert stop is not None
    assert stop.why is StopWhy.UNACCEPTED


@pytest.mark.attack(
    "the older, wider terms accepted once tighter ones are decided", refusal="nothing that was not accepted goes on"
)
@pytest.mark.parametrize("beside", [True, False], ids=["apart", "knowing the later"])
def test_what_is_accepted_after_it_was_left_does_not_begin_to_run(site: Site, beside: bool) -> None:
    case = site.revision().id
    decide(site, case, 500)
    away = site.fork("away")
    decide(site, case, 5)
    if beside:
        away.accept("ada", case)
        site.take(away)
    else:
        site.accept("ada", case, terms(500))

    assert seen(site, case)[::2] == (Phase.ACCEPTANCE, None)


def test_a_suspension_holds_what_goes_on(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 20)
    decide(site, case, 5)
    site.suspend("dan", case)

    assert seen(site, case)[::2] == (Phase.SUSPENDED, None)
    site.lift("dan", case), site.lift("cleo", case)
    assert seen(site, case)[0] is Phase.ACCEPTANCE
    assert seen(site, case)[2] is not None


def test_round_after_round_what_goes_on_stays_inside_all_of_them(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 20)
    for users in (10, 15):
        decide(site, case, users)
        site.answer("ada", case, users)

    in_force = seen(site, case)[2]

    assert in_force is not None
    assert in_force.boundaries == terms(10).boundaries


def test_a_hundred_rounds_are_folded_and_nothing_goes_on_in_the_end(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 2000)
    for users in range(1000, 1045):
        decide(site, case, users)

    assert seen(site, case)[::2] == (Phase.ACCEPTANCE, None)


# ------------------------------------------------------------------------------------------------------- merge, price


def test_every_order_of_arrival_gives_the_identical_state(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 20)
    away = site.fork("away")
    decide(site, case, 5)
    site.answer("ada", case, 5)
    left, right = site.fork("left"), site.fork("right")
    left.accept("ada", case)
    right.ciso(case, users=7)
    states = []
    for order in permutations((away, left, right)):
        merged = site.fork("reader")
        for one in order:
            merged.take(one)
        states.append(merged.state(case))

    assert all(state == states[0] for state in states)
    assert seen(left, case)[2] == terms(5)


def test_the_price_of_a_tightening_is_kept(site: Site) -> None:
    case = site.revision().id
    decide(site, case, 5)
    site.answer("ada", case, 5)
    decide(site, case, 10)
    waiting = site.state(case).prices
    site.clock += timedelta(days=3)
    site.accept("ada", case)

    first, second = site.state(case).prices

    assert isinstance(first, TighteningPrice)
    assert [(item.office, [point.about for point in item.points], item.days) for item in (first, second)] == [
        (Office.CISO, ["user_permissions.max_users"], None),
        (Office.CISO, ["user_permissions.max_users"], 3),
    ]
    assert [item.text for item in first.answers] == ["It costs us a branch"]
    assert [item.days for item in waiting] == [None, None]


def test_an_objection_after_both_is_no_word_on_the_terms(site: Site) -> None:
    case = site.revision().id
    decide(site, case)
    site.ciso(case, position=Position.CHANGES)

    assert seen(site, case) == (Phase.SUSPENDED, ("cio", "ciso"), None)
