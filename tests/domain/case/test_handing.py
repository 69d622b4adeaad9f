"""A use case that passes to another owner: handed over, taken over, and by whom neither works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.hand_over import HandsAs
from intake.domain.base.wording import words
from intake.domain.case.allowed import NotIndependent, NotYours, allowed
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.may_end import NothingToTakeOver, NotYoursToHandOver
from intake.domain.case.phases import Phase
from intake.domain.case.summary import summarise
from intake.domain.case.terms_now import terms_now
from intake.domain.organisation.roster import Grant, Period, Role
from intake.domain.terms.terms import Condition
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, SINCE, Site, organisation, person, terms

ADMINISTRATOR = HandsAs.ADMINISTRATOR


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.fixture
def case(site: Site) -> str:
    name = site.revision().id
    site.ciso(name)
    site.cio(name)
    return name


def force(state: CaseState, act: Act) -> Force:
    return state.event(act.id).judgement.force


def why(state: CaseState, act: Act) -> str:
    reason = state.event(act.id).judgement.reason
    assert reason is not None
    return words(reason)


def owner(state: CaseState) -> str:
    assert state.current is not None
    return state.current.owner


def ada_leaves(site: Site) -> None:
    follow(site, [item for item in PEOPLE if item.id != "ada"] + [person("ada", Role.OWNER, end=site.checkpoint().id)])


# ---------------------------------------------------------------------------------------------- from hand to hand


def test_until_it_is_taken_over_nothing_changes(site: Site, case: str) -> None:
    before = site.state(case)
    given = site.hand_over("ada", case, "eve")

    state = site.state(case)
    row = summarise(state, None)

    assert (owner(state), state.owners, state.turn, state.phase) == ("ada", before.owners, before.turn, before.phase)
    assert state.in_force == before.in_force
    (waiting,) = state.passed.hand_overs
    assert (waiting.acts, waiting.successor, waiting.reason, waiting.ready) == ((given.id,), "eve", "Moves on", True)
    assert row is not None
    assert (row.owner, row.successor) == ("ada", "eve")


def test_who_takes_it_over_answers_for_it(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)

    state, rosters = site.state(case), site.history()

    assert (owner(state), state.owners, state.passed.hand_overs) == ("eve", frozenset({"eve"}), ())
    assert state.in_force is not None
    assert allowed(state, rosters, "eve").file_again is None
    assert isinstance(allowed(state, rosters, "ada").file_again, NotYours)
    later = site.revision("eve", case)
    state = site.state(case)
    assert (state.heads, owner(state), state.unfiled) == ((later.id,), "eve", None)


def test_the_former_owner_is_named_no_more(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)
    site.revision("eve", case, owner="ada")

    unfiled = site.state(case).unfiled

    assert unfiled is not None
    assert (
        words(unfiled)
        == "it names “ada” as owner, but the use case belongs to “eve”, and no roster makes “ada” the successor"
    )


def test_a_submitter_stays_one(site: Site) -> None:
    case = site.revision("finn", owner="ada").id
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)

    assert site.state(case).owners == {"eve", "finn"}


def test_it_may_come_back_by_being_handed_over_again(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)
    site.hand_over("eve", case, "ada")
    site.take_over("ada", case)

    assert (owner(site.state(case)), site.state(case).owners) == ("ada", frozenset({"ada"}))


def test_what_was_due_of_the_former_owner_is_due_of_the_new_one(site: Site) -> None:
    case = site.revision().id
    conditions = (Condition(date(2027, 1, 1), "ada", "Train"), Condition(date(2027, 2, 1), "dan", "Look"))
    given = replace(terms(), conditions=conditions)
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, case, given=given)
    site.accept("ada", case)
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)

    state = site.state(case)
    row, now = summarise(state, None), terms_now(state)

    assert now is not None
    assert state.in_force is not None
    assert [item.owner for item in now.conditions] == ["eve", "dan"]
    assert state.in_force.terms == given, "what was signed stays as it was signed"
    assert row is not None
    assert (row.owner, row.due_of) == ("eve", "eve")


def test_who_is_asked_in_knowledge_of_it_stays_asked(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)
    later = site.revision("eve", case).id
    given = replace(terms(), conditions=(Condition(date(2027, 1, 1), "ada", "Explain"),))
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, later, given=given)
    site.accept("eve", case)

    now = terms_now(site.state(case))

    assert now is not None
    assert [item.owner for item in now.conditions] == ["ada"]


def test_a_rostered_successor_still_files_it(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)
    follow(site, [*PEOPLE, person("gus", Grant(Role.OWNER, case, False, Period(SINCE, None, "")))])

    site.revision("gus", case, owner="gus")

    assert (owner(site.state(case)), site.state(case).unfiled) == ("gus", None)


# ------------------------------------------------------------------------------------------------ what counts not


@pytest.mark.attack("a use case given away by who does not answer for it", refusal="IGNORED")
@pytest.mark.parametrize("who", ["eve", "cleo", "finn"])
def test_nobody_else_gives_it_away(site: Site, case: str, who: str) -> None:
    given = site.hand_over(who, case, "eve" if who != "eve" else "finn")
    taken = site.take_over("eve" if who != "eve" else "finn", case, given)

    state = site.state(case)
    assert [force(state, act) for act in (given, taken)] == [Force.IGNORED, Force.IGNORED]
    assert (why(state, given), owner(state)) == ("its signer does not answer for the use case", "ada")


@pytest.mark.attack("a use case given away by who does not answer for it", refusal="IGNORED")
def test_who_gave_it_away_gives_it_to_nobody_else(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)

    again = site.hand_over("ada", case, "finn")

    assert force(site.state(case), again) is Force.IGNORED
    assert isinstance(allowed(site.state(case), site.history(), "ada").ends.hand_over, NotYoursToHandOver)


@pytest.mark.attack("a use case given away by administrators while its owner is there", refusal="IGNORED")
def test_administrators_give_nothing_away_that_somebody_answers_for(site: Site, case: str) -> None:
    given = [site.hand_over(who, case, "eve", ADMINISTRATOR) for who in ("bob", "finn")]
    taken = site.take_over("eve", case, *given)

    state = site.state(case)
    assert [force(state, act) for act in (*given, taken)] == [Force.IGNORED] * 3
    assert why(state, given[0]) == (
        "“ada” answers for the use case and is present by the roster it names, so administrators do not give it away"
    )


@pytest.mark.attack("a use case given away by one administrator alone", refusal="IGNORED: it takes two")
@pytest.mark.parametrize("twice", [False, True])
def test_one_administrator_is_not_enough(site: Site, case: str, twice: bool) -> None:
    ada_leaves(site)
    given = [site.hand_over("bob", case, "eve", ADMINISTRATOR) for _ in range(1 + twice)]
    taken = site.take_over("eve", case, *given)

    state = site.state(case)
    assert why(state, taken) == "it takes one hand-over by the owner, or two by different administrators"
    assert (force(state, taken), owner(state), state.passed.successors) == (Force.IGNORED, "ada", ())


@pytest.mark.attack("administrators who give a use case to one of themselves", refusal="IGNORED")
def test_no_administrator_gives_it_to_themselves(site: Site, case: str) -> None:
    ada_leaves(site)
    given = [site.hand_over(who, case, "finn", ADMINISTRATOR) for who in ("bob", "finn")]

    taken = site.take_over("finn", case, *given)

    state = site.state(case)
    assert [force(state, act) for act in (*given, taken)] == [Force.COUNTS, Force.IGNORED, Force.IGNORED]
    assert why(state, given[1]) == "an administrator gives it to themselves"


@pytest.mark.attack("a use case taken over that nobody handed over", refusal="IGNORED")
def test_nothing_is_taken_over_that_was_not_handed_over(site: Site, case: str) -> None:
    remark = site.comment("ada", case)

    taken = site.take_over("eve", case, remark)

    state = site.state(case)
    assert (force(state, taken), why(state, taken)) == (
        Force.IGNORED, "it names something that hands nothing over in this use case",
    )  # fmt: skip
    assert isinstance(allowed(state, site.history(), "eve").ends.take_over, NothingToTakeOver)


@pytest.mark.attack("a use case taken over by another than it was handed to", refusal="IGNORED")
def test_nobody_takes_over_what_was_handed_to_another(site: Site, case: str) -> None:
    given = site.hand_over("ada", case, "eve")

    taken = site.take_over("finn", case, given)

    state = site.state(case)
    assert why(state, taken) == "it was handed over to “eve”, and not to its signer"
    assert (force(state, taken), owner(state)) == (Force.IGNORED, "ada")


@pytest.mark.attack("a hand-over replayed on another use case", refusal="IGNORED")
def test_a_hand_over_of_another_case_hands_over_nothing_here(site: Site, case: str) -> None:
    other = site.revision(title="Other").id
    given = site.hand_over("ada", other, "eve")

    taken = site.take_over("eve", case, given)

    state = site.state(case)
    assert (force(state, taken), owner(state)) == (Force.WAITS, "ada"), "no act of this case has that name"
    copied = site.act(
        "ada", given.kind, given.body, case=case, seq=given.seq, prev=given.prev, after=given.after, stream="7" * 32
    )
    assert force(site.state(case), copied) is not Force.COUNTS


@pytest.mark.attack("a hand-over accepted that was taken back", refusal="IGNORED")
@pytest.mark.parametrize("to", ["ada", "finn"], ids=["kept", "given to another"])
def test_who_had_seen_a_later_one_does_not_accept_the_earlier(site: Site, case: str, to: str) -> None:
    first = site.hand_over("ada", case, "eve")
    site.hand_over("ada", case, to)

    assert [item.successor for item in site.state(case).passed.hand_overs] == [to] * (to != "ada")
    taken = site.take_over("eve", case, first)

    state = site.state(case)
    assert why(state, taken) == "its signer had seen that the hand-over was replaced by a later one"
    assert owner(state) == "ada"


def test_who_had_seen_that_it_passed_on_does_not_accept_what_was_before(site: Site, case: str) -> None:
    away = site.fork("away")
    first = site.hand_over("ada", case, "eve")
    away.hand_over("ada", case, "finn", stream="7" * 32)
    away.take_over("finn", case)
    site.take(away)

    taken = site.take_over("eve", case, first)

    state = site.state(case)
    assert "passed to somebody else since" in why(state, taken)
    assert owner(state) == "finn"


# ------------------------------------------------------------------------------------------------ by administrators


def test_two_administrators_hand_over_what_nobody_present_answers_for(site: Site, case: str) -> None:
    ada_leaves(site)
    assert site.state(case).passed.ownerless
    site.hand_over("bob", case, "eve", ADMINISTRATOR)
    (first,) = site.state(case).passed.hand_overs
    site.hand_over("finn", case, "eve", ADMINISTRATOR)
    (both,) = site.state(case).passed.hand_overs
    row = summarise(site.state(case), None)
    site.take_over("eve", case)

    state = site.state(case)

    assert (first.ready, both.ready, len(both.acts)) == (False, True, 2)
    assert row is not None
    assert (row.owner, row.successor) == ("", "eve")
    assert (owner(state), state.owners, state.passed.ownerless) == ("eve", frozenset({"eve"}), False)


def test_an_owner_whose_role_ended_is_not_present(site: Site, case: str) -> None:
    ended = person("ada", Role.OWNER, ends={Role.OWNER: site.checkpoint().id})
    follow(site, [item for item in PEOPLE if item.id != "ada"] + [ended])

    assert site.state(case).passed.ownerless


# ------------------------------------------------------------------------------------------------ apart from each other


def twice(site: Site, case: str) -> Site:
    """Ada gives it to Eve here and to Finn there, and both accept."""
    away = site.fork("away")
    site.hand_over("ada", case, "eve")
    site.take_over("eve", case)
    away.hand_over("ada", case, "finn", stream="7" * 32)
    away.take_over("finn", case)
    return site.take(away)


def test_what_was_given_to_two_apart_is_nobodys(site: Site, case: str) -> None:
    twice(site, case)

    state = site.state(case)
    acts = [site.revision(who, case, owner=who) for who in ("ada", "eve", "finn")]
    after = site.state(case)

    assert (owner(state), state.owners, state.passed.ownerless) == ("", frozenset(), True)
    assert state.passed.claimants == ("eve", "finn")
    assert [force(after, act) for act in acts] == [Force.IGNORED] * 3
    assert state.in_force is not None, "what both offices decided does not hang on who answers for it"


def test_one_of_two_leaves_it_to_the_other(site: Site, case: str) -> None:
    twice(site, case)
    site.hand_over("eve", case, "finn")
    site.take_over("finn", case)

    assert (owner(site.state(case)), site.state(case).owners) == ("finn", frozenset({"finn"}))


def test_one_of_two_gives_it_to_no_third(site: Site, case: str) -> None:
    twice(site, case)

    given = site.hand_over("eve", case, "dan")

    assert "somebody else claims the use case as well" in why(site.state(case), given)


def test_two_administrators_settle_it(site: Site, case: str) -> None:
    twice(site, case)
    site.hand_over("bob", case, "eve", ADMINISTRATOR)
    site.hand_over("finn", case, "eve", ADMINISTRATOR)
    site.take_over("eve", case)

    assert owner(site.state(case)) == "eve"


@pytest.mark.attack("a former owner brings the use case back by forking their stream", refusal="nobody answers for it")
def test_a_former_owner_gets_nothing_back_by_a_fork(site: Site, case: str) -> None:
    given = site.hand_over("ada", case, "eve")
    taken = site.take_over("eve", case)
    site.act("ada", "comment", {"text": "Mine", "about": ""}, case=case, seq=given.seq, prev=given.prev, after=[case])

    state = site.state(case)

    assert [force(state, act) for act in (given, taken)] == [Force.SPENT, Force.SPENT]
    assert (owner(state), state.owners, state.passed.ownerless) == ("", frozenset(), True)


def test_a_successor_whose_take_over_was_forked_accepts_again(site: Site, case: str) -> None:
    given = site.hand_over("ada", case, "eve")
    taken = site.take_over("eve", case)
    site.act("eve", "comment", {"text": "?", "about": ""}, case=case, seq=taken.seq, prev=taken.prev, after=[case])
    assert owner(site.state(case)) == ""

    site.take_over("eve", case, given, stream="7" * 32)

    assert owner(site.state(case)) == "eve"


# ------------------------------------------------------------------------------------------------ no party gains


@pytest.mark.attack("who takes a use case over decides on it", refusal="IGNORED: party")
def test_a_successor_in_office_decides_no_more(site: Site, case: str) -> None:
    site.hand_over("ada", case, "cleo")
    site.take_over("cleo", case)
    later = site.revision("cleo", case).id
    approval = site.cio(case, later)
    site.ciso(case, later)

    state = site.state(case)

    assert (force(state, approval), state.phase) == (Force.IGNORED, Phase.COUNTERSIGN)
    assert why(state, approval) == "its signer has a part in this case and cannot decide on it"
    assert isinstance(allowed(state, site.history(), "cleo").approve, NotIndependent)


@pytest.mark.attack("who takes a use case over decides on it", refusal="IGNORED: party")
def test_what_both_had_decided_by_then_stands(site: Site, case: str) -> None:
    site.hand_over("ada", case, "cleo")
    site.take_over("cleo", case)

    assert site.state(case).phase is Phase.DECIDED


@pytest.mark.attack("who takes a use case over decides on it", refusal="IGNORED: party")
def test_half_a_decision_signed_before_is_none_afterwards(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.hand_over("ada", case, "cleo")
    site.take_over("cleo", case)
    site.ciso(case)

    state = site.state(case)

    assert (state.pairs, state.in_force) == ((), None)


@pytest.mark.attack("who takes a use case over decides on it", refusal="IGNORED: party")
def test_nor_an_opinion_that_the_take_over_had_not_seen(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.hand_over("ada", case, "cleo")
    site.take_over("cleo", case)
    approval = away.cio(case, stream="7" * 32)
    away.ciso(case)
    site.take(away)

    state = site.state(case)

    assert (force(state, approval), state.pairs, state.in_force) == (Force.IGNORED, (), None)


def test_who_took_it_over_lifts_nothing(site: Site, case: str) -> None:
    site.suspend("dan", case)
    site.lift("cleo", case)
    site.hand_over("ada", case, "cleo")
    site.take_over("cleo", case)
    site.lift("dan", case)

    assert site.state(case).phase is Phase.SUSPENDED


def test_a_lift_by_both_before_stays(site: Site, case: str) -> None:
    site.suspend("dan", case)
    site.lift("cleo", case)
    site.lift("dan", case)
    site.hand_over("ada", case, "cleo")
    site.take_over("cleo", case)

    assert site.state(case).phase is Phase.DECIDED


def test_every_order_of_arrival_gives_the_same(site: Site, case: str) -> None:
    site.hand_over("ada", case, "eve")
    taken = site.take_over("eve", case)
    whole = site.state(case)
    acts = [act for act in site.acts.values() if act.case_id == case]

    for left_out in acts[1:]:
        part = site.fork("part")
        part.acts.pop(left_out.id)
        assert part.state(case).current is None or owner(part.state(case)) in {"ada", "eve"}
        part.acts[left_out.id] = left_out
        assert part.state(case) == whole

    without = site.fork("without")
    without.acts = {name: act for name, act in without.acts.items() if act.kind != "hand-over"}
    assert force(without.state(case), taken) is Force.WAITS
    assert owner(without.state(case)) == "ada"
