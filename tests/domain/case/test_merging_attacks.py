"""What people try, and what goes wrong, between installations that meet: every case with the state it must end in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import COMMENT, OPINION, REVISION, Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.revision import RevisionBody
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Grant, People, Period, Role
from intake.domain.terms.terms import Stage
from tests.domain.case.test_horizon import follow
from tests.domain.world import PEOPLE, PLAYBOOK, SINCE, Site, certificate, organisation, person, terms

CAROL = person("carol", Role.CIO)


@pytest.fixture
def site() -> Site:
    return organisation()


def force(state: CaseState, act: Act) -> Force:
    return state.event(act.id).judgement.force


def twin(site: Site, of: Act, users: int = 50, **changes: Any) -> Act:
    """Another approval at the same place in the stream of ``of``, by somebody who had not seen it."""
    same = {"seq": of.seq, "prev": of.prev, "stream": of.stream, "after": of.after}
    return site.opinion(
        of.person, Office(str(of.body["office"])), of.case, str(of.body["revision"]), Position.APPROVE, terms(users),
        **(same | changes),
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------- forks


@pytest.mark.attack("a stream forked by number or by predecessor", refusal="SPENT, alarm")
@pytest.mark.parametrize("by", ["seq", "prev", "both"])
def test_a_forked_stream_loses_its_favour(site: Site, by: str) -> None:
    case = site.revision().id
    site.comment("cleo", case)
    approval = site.cio(case)
    changes: dict[str, Any] = {"seq": {"prev": 9}.get(by, approval.seq)}
    if by == "seq":
        changes["prev"] = "9" * 64
    other = twin(site, approval, **changes)
    site.ciso(case, after=[case])

    state = site.state(case)

    assert [fork.acts for fork in state.forks] == [tuple(sorted((approval.id, other.id)))]
    # A branch that names what is not here waits, as everything in favour does; it is an alarm all the same.
    branch = Force.WAITS if by == "seq" else Force.SPENT
    assert [force(state, act) for act in (approval, other)] == [Force.SPENT, branch]
    assert (state.in_force, state.phase) == (None, Phase.COUNTERSIGN)


def test_what_the_stream_says_later_is_tainted_and_what_it_said_before_is_not(site: Site) -> None:
    case = site.revision().id
    before = site.comment("cleo", case)
    approval = site.cio(case)
    twin(site, approval)
    later = site.comment("cleo", case)

    state = site.state(case)

    assert force(state, before) is Force.COUNTS
    assert force(state, later) is Force.IGNORED


def test_a_fork_behind_a_decision_leaves_it_alone(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    late = site.comment("cleo", case)
    site.act("cleo", COMMENT.name, {"text": "Other", "about": ""}, case=case, seq=late.seq, prev=late.prev)

    state = site.state(case)

    assert len(state.forks) == 1
    assert state.in_force is not None


def test_objections_of_a_forked_stream_keep_their_force(site: Site) -> None:
    case = site.revision().id
    decline = site.cio(case, position=Position.DECLINE)
    twin(site, decline)
    site.ciso(case)

    state = site.state(case)

    assert force(state, decline) is Force.COUNTS
    assert state.phase is Phase.DECLINED


def test_an_opinion_in_a_fresh_stream_that_names_both_branches_heals(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    twin(site, approval)
    site.ciso(case)

    fresh = site.fork("new profile")
    fresh.cio(case)

    assert site.take(fresh).state(case).in_force is not None


def test_a_fresh_opinion_that_names_one_branch_is_contested_by_the_other(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    hidden = site.fork("old disk")
    other = twin(hidden, approval)
    fresh = site.fork("new profile")
    fresh.cio(case)
    fresh.ciso(case)
    assert fresh.state(case).in_force is not None

    state = fresh.take(hidden).state(case)

    assert (state.in_force, state.phase) == (None, Phase.CONTESTED)
    assert all(other.id in pair.against for pair in state.pairs)


def test_both_offices_speaking_again_settle_the_contest_of_a_fork(site: Site) -> None:
    case = site.revision().id
    hidden = site.fork("old disk")
    twin(hidden, site.cio(case))
    fresh = site.fork("new profile")
    fresh.cio(case)
    fresh.ciso(case)
    fresh.take(hidden)

    fresh.cio(case)
    assert fresh.state(case).in_force is None
    fresh.ciso(case)

    assert fresh.state(case).in_force is not None


def test_revisions_of_a_forked_stream_block_until_one_knows_of_both(site: Site) -> None:
    case = site.revision().id
    away = site.fork("office")
    first, second = site.revision(case=case), away.revision(case=case, title="Minutes")
    site.take(away)
    assert (first.seq, first.stream) == (second.seq, second.stream)
    site.cio(case)
    site.ciso(case)

    state = site.state(case)
    assert [force(state, act) for act in (first, second)] == [Force.SPENT, Force.SPENT]
    assert {pair.fate for pair in state.pairs} == {Fate.ON_HOLD}

    healed = site.fork("new profile").revision(case=case)
    site.acts[healed.id] = healed
    site.cio(case, healed.id)
    site.ciso(case, healed.id)
    assert site.state(case).in_force is not None


def test_a_restored_backup_with_a_new_installation_id_may_skip_numbers(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    restored = site.fork("restored")

    restored.opinion("cleo", Office.CIO, case, case, seq=9)
    restored.ciso(case)

    state = site.take(restored).state(case)
    assert state.forks == ()
    assert state.in_force is not None


@pytest.mark.attack("a stream forked by number or by predecessor", refusal="alarm")
def test_numbers_that_run_backwards_are_a_fork(site: Site) -> None:
    case = site.revision().id
    first = site.opinion("cleo", Office.CIO, case, case, seq=5)
    site.opinion("cleo", Office.CIO, case, case, seq=4, prev=first.id)

    assert len(site.state(case).forks) == 1


# -------------------------------------------------------------------------------------------------- withheld


@pytest.mark.attack("a missing middle", refusal="WAITS for it")
def test_a_missing_middle_makes_what_follows_wait_and_says_for_what(site: Site) -> None:
    case = site.revision().id
    middle = site.comment("cleo", case)
    approval = site.cio(case)
    site.ciso(case)

    del site.acts[middle.id]

    state = site.state(case)
    assert state.event(approval.id).judgement.waits_for == (middle.id,)
    assert middle.id in state.missing
    assert state.in_force is None


@pytest.mark.attack("a missing tail", refusal="the state before it")
def test_a_missing_tail_is_a_smaller_state_and_no_other_one(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    before = site.state(case)
    tail = site.ciso(case)

    del site.acts[tail.id]

    assert site.state(case) == before


@pytest.mark.attack("the predecessor of a decline held back", refusal="OBJECTS at once")
@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_an_objection_counts_at_once_though_its_predecessor_is_withheld(site: Site, position: Position) -> None:
    case = site.revision().id
    away = site.fork("away")
    predecessor = away.comment("dan", case)
    objection = away.ciso(case, position=position)
    site.cio(case)
    site.acts[objection.id] = objection

    state = site.state(case)

    assert force(state, objection) is Force.OBJECTS
    assert state.missing == (predecessor.id,)
    assert state.positions[Office.CISO] == (objection.id,)


def test_a_withdrawal_counts_at_once_though_its_predecessor_is_withheld(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    away = site.fork("away")
    away.comment("ada", case)
    withdrawal = away.withdraw("ada", case)
    site.acts[withdrawal.id] = withdrawal

    assert (site.state(case).phase, site.state(case).in_force) == (Phase.WITHDRAWN, None)


def test_an_approval_whose_predecessor_is_withheld_waits(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    away.comment("dan", case)
    approval = away.ciso(case)
    site.cio(case)
    site.acts[approval.id] = approval
    site.blobs |= away.blobs

    assert force(site.state(case), approval) is Force.WAITS
    assert site.state(case).in_force is None


@pytest.mark.attack("a hidden decline", refusal="CONTESTED")
def test_a_hidden_decline_revealed_later_undoes_the_decision(site: Site) -> None:
    case = site.revision().id
    hidden = site.fork("hidden")
    hidden.ciso(case, position=Position.DECLINE)
    site.ciso(case)
    site.cio(case)
    assert site.state(case).in_force is not None

    state = site.take(hidden).state(case)

    assert (state.phase, state.in_force) == (Phase.CONTESTED, None)
    site.cio(case)
    site.ciso(case)
    assert site.state(case).in_force is not None


@pytest.mark.attack("a hidden suspension", refusal="SUSPENDED")
@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_a_hidden_suspension_holds_the_case_once_it_is_revealed(site: Site, position: Position) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    hidden = site.fork("hidden")
    hidden.ciso(case, position=position)
    site.comment("cleo", case)
    assert site.state(case).phase is Phase.DECIDED

    state = site.take(hidden).state(case)

    assert (state.phase, state.in_force) == (Phase.SUSPENDED, None)


def test_a_pair_waits_for_a_missing_attachment(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    approval = site.cio(case)
    record = str(approval.body["record"]["sha256"])  # type: ignore[call-overload, index]

    data = site.blobs.pop(record)
    assert site.state(case).in_force is None
    assert record in site.state(case).missing

    site.blobs[record] = data
    assert site.state(case).in_force is not None


def test_a_revision_waits_for_its_evidence(site: Site) -> None:
    evidence = Attachment("5" * 64, 3, "text/plain", "evidence.txt")
    case = site.revision(attachments=(evidence,)).id
    site.cio(case)
    site.ciso(case)

    state = site.state(case)

    assert state.revisions == ()
    assert state.in_force is None
    assert evidence.sha256 in state.missing


def test_nothing_of_a_case_counts_while_the_revision_that_opened_it_is_withheld(site: Site) -> None:
    """Otherwise an owner of other cases could file in its place, and its submitter could decide on it."""
    opening = site.revision("cleo")
    case = opening.id
    note = site.comment("eve", case)
    del site.acts[opening.id]
    posing = site.act("ada", REVISION.name, _body(revises=(note.id,)), case=case, after=())
    site.cio(case, posing.id)
    site.ciso(case, posing.id)

    state = site.state(case)

    assert state.case == case
    assert (state.revisions, state.in_force) == ((), None)
    assert case in state.missing


def _body(**changes: object) -> dict[str, Json]:
    values = {
        "revises": (), "title": "Notes", "unit": "Finance", "owner": "ada", "stage": Stage.PILOT, "answers": {},
        "playbook": PLAYBOOK, "attachments": (),
    }  # fmt: skip
    return RevisionBody(**(values | changes)).as_json()  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------------------- unknown kinds


@pytest.mark.attack("an unknown kind signed by an office", refusal="UNKNOWN, new approvals ON_HOLD")
@pytest.mark.parametrize(
    ("who", "blocks"), [("eve", False), ("ada", True), ("cleo", True), ("dan", True), ("bob", True), ("finn", True)]
)
@pytest.mark.parametrize("seen", [True, False], ids=["named by an approval", "named by none"])
def test_an_unknown_kind_blocks_new_approvals_when_its_signer_has_a_say(
    site: Site, who: str, blocks: bool, seen: bool
) -> None:
    case = site.revision().id
    first = site.ciso(case)
    unknown = site.act(who, "call-in", {}, case=case)
    site.cio(case, after=[first.id, unknown.id] if seen else [first.id])

    state = site.state(case)

    assert force(state, unknown) is Force.UNKNOWN
    assert [name for name, _ in state.blocked] == [unknown.id] * blocks
    # Who has no say in a case stops what knows of the act; an office, or the owner, what might have.
    holds = blocks and (seen or who not in ("bob", "finn"))
    assert [pair.fate for pair in state.pairs] == [Fate.ON_HOLD if holds else Fate.IN_FORCE]


@pytest.mark.attack("an administrator ends a decision by a kind nobody knows", refusal="UNKNOWN, the decision stands")
@pytest.mark.parametrize("who", ["bob", "finn"], ids=["administrator and records", "administrator"])
def test_an_unknown_kind_of_an_administrator_ends_no_decision(site: Site, who: str) -> None:
    """Only offices object (rule R6); and nobody could lift it, because this version does not name what it does not know."""
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    away = site.fork("away")

    away.act(who, "call-in", {}, case=case, after=[])

    state = site.take(away).state(case)
    assert state.phase is Phase.DECIDED
    assert state.in_force is not None
    assert [words(reason) for _, reason in state.blocked] == [
        "somebody with a say signed a kind of act this version does not know"
    ]


def test_an_unknown_kind_of_an_office_leaves_alone_a_pair_in_its_past(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    site.act("dan", "call-in", {}, case=case)

    assert site.state(case).in_force is not None


@pytest.mark.attack("an unknown kind signed by a stranger", refusal="it blocks nothing")
def test_an_unknown_kind_from_outside_the_organisation_blocks_nothing(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    away.act("zoe", "call-in", {}, case=case)
    away.act("eve", "call-in", {}, case=case, roster="9" * 64)
    away.act("dan", "call-in", {}, case=case, org="9" * 64)
    site.ciso(case)
    site.cio(case)

    assert site.take(away).state(case).in_force is not None


# -------------------------------------------------------------------------------------------------- replay and posing


@pytest.mark.attack("an approval replayed on another revision", refusal="IGNORED")
def test_an_approval_replayed_on_another_revision_does_not_fit(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    later = site.revision(case=case)
    replayed = site.act("eve", OPINION.name, approval.body | {"revision": later.id}, case=case)  # type: ignore[operator]
    site.ciso(case, later.id)

    assert force(site.state(case), replayed) is Force.IGNORED
    assert site.state(case).in_force is None


@pytest.mark.attack("an approval replayed on other terms", refusal="unreadable")
def test_an_approval_replayed_on_other_terms_is_unreadable(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    body = approval.body | {"terms": terms(99999).as_json()}  # type: ignore[operator]

    replayed = site.act("cleo", OPINION.name, body, case=case)

    assert replayed.id in dict(site.state(case).unreadable)


@pytest.mark.attack("an approval replayed in another case", refusal="WAITS")
def test_an_approval_replayed_in_another_case_waits_for_a_revision_it_will_never_see(site: Site) -> None:
    one, other = site.revision().id, site.revision(title="Another").id
    approval = site.cio(one)
    replayed = site.act("cleo", OPINION.name, approval.body, case=other)
    site.ciso(other)

    state = site.state(other)

    assert force(state, replayed) is Force.WAITS
    assert (state.pairs, state.in_force) == ((), None)


@pytest.mark.attack("a foreign key that writes into a stream", refusal="no fork")
def test_a_foreign_key_writing_into_a_stream_makes_no_fork_in_it(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    site.act("eve", COMMENT.name, {"text": "x", "about": ""}, case=case, seq=1, prev="", stream=approval.stream)
    site.ciso(case)

    assert site.state(case).forks == ()
    assert site.state(case).in_force is not None


@pytest.mark.attack("the person id of somebody else over one's own key", refusal="IGNORED")
def test_somebody_elses_person_id_over_ones_own_key_is_ignored(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    forged = site.opinion("eve", Office.CIO, case, case)
    site.acts[forged.id] = replace(forged, person="cleo")

    assert force(site.state(case), forged) is Force.IGNORED


@pytest.mark.attack("a revision by the owner of other cases", refusal="IGNORED")
@pytest.mark.parametrize("scope", ["", "Finance"])
def test_an_owner_of_other_cases_cannot_revise_this_one(site: Site, scope: str) -> None:
    follow(site, [*PEOPLE, person("gus", Grant(Role.OWNER, scope, False, Period(SINCE, None, "")))])
    case = site.revision().id

    foreign = site.revision("gus", case=case)

    assert force(site.state(case), foreign) is Force.IGNORED
    assert site.state(case).heads == (case,)


def test_a_rostered_successor_revises_and_withdraws(site: Site) -> None:
    case = site.revision().id
    follow(site, [*PEOPLE, person("gus", Grant(Role.OWNER, case, False, Period(SINCE, None, "")))])

    later = site.revision("gus", case=case)
    assert site.state(case).heads == (later.id,)

    site.withdraw("gus", case)
    assert site.state(case).phase is Phase.WITHDRAWN


def test_a_successor_in_one_case_is_a_stranger_in_another(site: Site) -> None:
    one, other = site.revision().id, site.revision(title="Another").id
    follow(site, [*PEOPLE, person("gus", Grant(Role.OWNER, one, False, Period(SINCE, None, "")))])

    foreign = site.revision("gus", case=other)

    assert force(site.state(other), foreign) is Force.IGNORED


def test_a_revision_of_something_else_than_a_revision_is_ignored(site: Site) -> None:
    case = site.revision().id
    note = site.comment("ada", case)

    odd = site.act("ada", REVISION.name, _body(revises=(note.id,)), case=case)

    assert force(site.state(case), odd) is Force.IGNORED


@pytest.mark.attack("a party hidden behind a revision that does not count", refusal="no pair")
@pytest.mark.parametrize("part", ["owner", "author"])
def test_no_detour_through_a_revision_that_does_not_count_hides_a_party(site: Site, part: str) -> None:
    """Cleo filed; a stranger's revision comes between; Ada revises only that one. Cleo is still a party."""
    opening = site.revision("cleo" if part == "author" else "ada", owner="ada" if part == "author" else "cleo")
    case = opening.id
    between = site.act("eve", REVISION.name, _body(revises=(case,), owner="eve"), case=case)
    later = site.act("ada", REVISION.name, _body(revises=tuple(sorted((case, between.id)))), case=case)
    lone = site.act("ada", REVISION.name, _body(revises=(between.id,)), case=case)
    for revision in (later, lone):
        site.cio(case, revision.id)
        site.ciso(case, revision.id)

    state = site.state(case)

    assert (state.pairs, state.in_force) == ((), None)


# -------------------------------------------------------------------------------------------------- two in one office


def two_cios(site: Site) -> str:
    follow(site, [*PEOPLE, CAROL])
    return site.revision().id


def test_two_cios_who_contradict_each_other_are_no_position(site: Site) -> None:
    case = two_cios(site)
    site.cio(case, users=20)
    site.opinion("carol", Office.CIO, case, case, Position.APPROVE, terms(50))

    state = site.state(case)

    assert (state.phase, state.turn, state.agreement.signed) == (Phase.CONTESTED, ("cio",), frozenset())

    site.ciso(case, users=50)
    assert site.state(case).in_force is None


def test_an_approval_beside_a_decline_of_the_same_office_is_no_position(site: Site) -> None:
    case = two_cios(site)
    site.cio(case, position=Position.DECLINE)
    site.opinion("carol", Office.CIO, case, case)

    state = site.state(case)

    assert (state.phase, state.decision, state.turn) == (Phase.CONTESTED, None, ("cio",))


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_a_second_cio_cannot_replace_the_objection_of_the_first(site: Site, position: Position) -> None:
    case = two_cios(site)
    site.cio(case, position=position)
    site.opinion("carol", Office.CIO, case, case)
    site.ciso(case)
    assert site.state(case).in_force is None

    site.cio(case)
    assert site.state(case).in_force is not None


@pytest.mark.parametrize("scope", ["Finance", ""])
def test_the_same_holds_for_officers_of_one_unit(site: Site, scope: str) -> None:
    def officer(name: str) -> Grant:
        return Grant(Role.CIO, scope, False, Period(SINCE.replace(year=2027), None, ""))

    follow(site, [*PEOPLE, person("carol", officer("carol")), person("chris", officer("chris"))])
    case = site.revision().id
    site.opinion("carol", Office.CIO, case, case, Position.DECLINE)
    site.opinion("chris", Office.CIO, case, case)
    site.ciso(case)

    assert site.state(case).in_force is None


def test_an_officer_of_another_unit_has_no_say(site: Site) -> None:
    follow(site, [*PEOPLE, person("carol", Grant(Role.CIO, "Sales", False, Period(SINCE, None, "")))])
    case = site.revision().id

    opinion = site.opinion("carol", Office.CIO, case, case)

    assert force(site.state(case), opinion) is Force.IGNORED


@pytest.mark.attack("one person in both offices", refusal="no pair")
def test_one_person_in_both_offices_is_not_two(site: Site) -> None:
    follow(site, [*PEOPLE, person("max", Role.CIO, Role.CISO)])
    case = site.revision().id
    site.opinion("max", Office.CIO, case, case)
    site.opinion("max", Office.CISO, case, case)

    assert (site.state(case).pairs, site.state(case).in_force) == ((), None)


def test_a_case_the_cio_owns_is_decided_with_another_cio(site: Site) -> None:
    follow(site, [*PEOPLE, CAROL])
    case = site.revision("cleo", owner="cleo").id
    own = site.cio(case)
    site.ciso(case)
    assert force(site.state(case), own) is Force.IGNORED
    assert site.state(case).in_force is None

    site.opinion("carol", Office.CIO, case, case)
    assert site.state(case).in_force is not None


@pytest.mark.attack("an opinion by delegation", refusal="IGNORED")
def test_an_opinion_that_rests_on_a_delegation_does_not_count(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    body = site.cio(case).body | {"delegation": "4" * 64}  # type: ignore[operator]
    away = Site(
        "away", site.org, site.roster, {k: act for k, act in site.acts.items() if act.person != "cleo"}, site.blobs
    )

    delegated = away.act("cleo", OPINION.name, body, case=case)

    assert force(away.state(case), delegated) is Force.IGNORED
    assert away.state(case).in_force is None


# -------------------------------------------------------------------------------------------------- pauses


def test_a_suspended_scale_up_does_not_bring_the_pilot_back(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    later = site.revision(case=case, stage=Stage.SCALED).id
    site.cio(case, later, users=500)
    site.ciso(case, later, users=500)

    site.ciso(case, later, position=Position.CHANGES)

    state = site.state(case)
    assert (state.phase, state.in_force) == (Phase.SUSPENDED, None)


def test_a_declined_scale_up_leaves_the_pilot_running(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    later = site.revision(case=case, stage=Stage.SCALED).id

    site.ciso(case, later, position=Position.DECLINE)

    state = site.state(case)
    assert state.phase is Phase.DECLINED
    assert state.in_force is not None
    assert state.in_force.revision == case


def test_other_terms_do_not_lift_a_pause(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    site.ciso(case, position=Position.CHANGES)
    site.ciso(case, users=50)
    assert site.state(case).in_force is None

    site.cio(case, users=50)
    assert site.state(case).in_force is None
    site.lift("dan", case), site.lift("cleo", case)
    site.accept("ada", case)
    found = site.state(case).in_force
    assert found is not None
    assert found.terms == terms(50)


def test_a_suspended_decision_does_not_fall_back_to_the_terms_before_it(site: Site) -> None:
    case = site.revision().id
    site.cio(case, users=20)
    site.ciso(case, users=20)
    site.ciso(case, users=50)
    site.cio(case, users=50)

    site.ciso(case, position=Position.DECLINE)

    assert site.state(case).in_force is None


def test_acts_of_strangers_are_shown_and_change_nothing(site: Site) -> None:
    case = site.revision().id
    before = site.state(case)
    noise = [
        site.comment("zoe", case),
        site.withdraw("zoe", case),
        site.opinion("zoe", Office.CIO, case, case, Position.DECLINE),
    ]

    state = site.state(case)

    assert all(force(state, act) is Force.IGNORED for act in noise)
    assert (state.phase, state.turn, state.positions) == (before.phase, before.turn, before.positions)
    assert state.newest == before.newest


def test_an_act_whose_body_cannot_be_read_is_listed_and_left_out(site: Site) -> None:
    case = site.revision().id
    odd = site.act("ada", COMMENT.name, {"text": "x"}, case=case)

    state = site.state(case)

    assert [name for name, _ in state.unreadable] == [odd.id]
    assert [event.act.id for event in state.events] == [case]


def test_the_two_opinions_must_rest_on_the_same_assessment(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case, assessment="1" * 64)

    assert site.state(case).pairs == ()


@pytest.mark.attack(
    "an act of a kind that no version knows, to stop what was decided", refusal="on hold, until its key is cut off"
)
@pytest.mark.parametrize("who", ["dan", "ada"])
def test_what_no_version_knows_stops_until_its_key_is_cut_off(site: Site, who: str) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    before, seen = site.state(case), site.checkpoint()
    site.act(who, "call-in", {"x": 1}, case=case, after=[case], prev="", stream="e" * 32)
    assert (before.phase, site.state(case).phase) == (Phase.DECIDED, Phase.ON_HOLD)

    (current,) = site.history().in_force
    people = People(
        [
            replace(
                item,
                certificates=tuple(replace(one, period=replace(one.period, end=seen.id)) for one in item.certificates),
            )
            if item.id == who
            else item
            for item in current.roster.people
        ]
    )
    cut = {canonical.sha256(certificate(who)): seen.id}
    document = replace(current.roster, people=people, version=2, previous=(current.id,), cutoffs=cut)
    site.publish(document, *sorted(current.roster.administrators))

    after = site.state(case)
    assert after.in_force == before.in_force
    assert (after.phase, after.blocked) == (Phase.DECIDED, ())
