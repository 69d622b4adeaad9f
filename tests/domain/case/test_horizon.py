"""Ended roles and stolen keys: what stands, what has to be confirmed, and what never counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ENDORSE, Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base import canonical
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.organisation.roster import Grant, Period, Person, Role
from tests.domain.world import PEOPLE, SINCE, Site, certificate, organisation, person, roster, terms

CLEO = canonical.sha256(certificate("cleo"))


def others(*without: str) -> list[Person]:
    return [item for item in PEOPLE if item.id not in without]


def follow(site: Site, people: Iterable[Person], **changes: object) -> Act:
    current = site.history().in_force[0]
    document = replace(roster(people, **changes), version=current.roster.version + 1, previous=(current.id,))  # type: ignore[arg-type]
    return site.publish(document, "bob", "finn")


def cio_leaves(site: Site, checkpoint: str) -> Act:
    """Cleo's role ends at a checkpoint and Carol follows her."""
    left = person("cleo", Role.CIO, ends={Role.CIO: checkpoint})
    return follow(site, [*others("cleo"), left, person("carol", Role.CIO)])


def key_stolen(site: Site, checkpoint: str, name: str = "cleo") -> Act:
    cutoffs = {canonical.sha256(certificate(name)): checkpoint}
    return follow(site, [*others(name), person(name, Role.CIO, end=checkpoint)], cutoffs=cutoffs)


def force(site: Site, case: str, act: Act) -> Force:
    return site.state(case).event(act.id).judgement.force


@pytest.fixture
def site() -> Site:
    return organisation()


# -------------------------------------------------------------------------------------------------- leaving


@pytest.mark.attack("the CIO leaves after deciding", refusal="it stands: DECIDED")
def test_a_decision_of_a_cio_who_moves_on_stands(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)

    cio_leaves(site, site.checkpoint().id)

    assert site.state(case).phase is Phase.DECIDED
    assert site.state(case).in_force is not None


def test_an_approval_no_checkpoint_had_seen_waits_for_the_successor(site: Site) -> None:
    case = site.revision().id
    checkpoint = site.checkpoint().id
    approval = site.cio(case)
    site.ciso(case)

    cio_leaves(site, checkpoint)

    state = site.state(case)
    assert force(site, case, approval) is Force.SPENT
    assert (state.in_force, state.phase, state.turn) == (None, Phase.COUNTERSIGN, ("cio",))

    site.opinion("carol", Office.CIO, case, case)
    assert site.state(case).in_force is not None


def test_what_the_former_cio_approves_later_under_the_old_roster_is_spent(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    away = site.fork("away")
    cio_leaves(site, site.checkpoint().id)

    late = away.cio(case)

    assert force(site.take(away), case, late) is Force.SPENT
    assert site.state(case).in_force is None


@pytest.mark.attack("an act dated back", refusal="SPENT")
def test_backdating_is_useless(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    away = site.fork("away")
    cio_leaves(site, site.checkpoint().id)
    away.clock = away.clock.replace(year=2020)

    late = away.cio(case)

    assert force(site.take(away), case, late) is Force.SPENT
    assert site.state(case).in_force is None


def test_an_objection_made_before_knowing_of_the_end_keeps_its_force(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    cio_leaves(site, site.checkpoint().id)

    decline = away.cio(case, position=Position.DECLINE)

    assert force(site.take(away), case, decline) is Force.OBJECTS
    assert site.state(case).phase is Phase.DECLINED


def test_the_successor_can_answer_an_objection_of_the_one_before(site: Site) -> None:
    case = site.revision().id
    site.cio(case, position=Position.DECLINE)
    cio_leaves(site, site.checkpoint().id)
    site.ciso(case)

    site.opinion("carol", Office.CIO, case, case)

    assert site.state(case).in_force is not None


def test_ending_a_role_does_not_by_itself_replace_what_its_holder_objected_to(site: Site) -> None:
    carol = person("carol", Role.CIO)
    follow(site, [*PEOPLE, carol])
    case = site.revision().id
    site.cio(case, position=Position.DECLINE)
    site.opinion("carol", Office.CIO, case, case)
    site.ciso(case)

    follow(site, [*others("cleo"), person("cleo", Role.CIO, ends={Role.CIO: site.checkpoint().id}), carol])
    assert site.state(case).in_force is None

    site.opinion("carol", Office.CIO, case, case)
    assert site.state(case).in_force is not None


@pytest.mark.parametrize("position", list(Position))
def test_a_former_cio_who_knows_of_the_end_can_neither_approve_nor_object(site: Site, position: Position) -> None:
    case = site.revision().id
    cio_leaves(site, site.checkpoint().id)

    late = site.cio(case, position=position)

    assert force(site, case, late) is Force.IGNORED
    assert site.state(case).phase is Phase.REVIEW


def test_a_role_granted_anew_does_not_bring_back_what_the_end_had_undone(site: Site) -> None:
    case = site.revision().id
    checkpoint = site.checkpoint().id
    late = site.cio(case)
    site.ciso(case)
    cio_leaves(site, checkpoint)
    ended = Grant(Role.CIO, "", False, Period(SINCE, None, checkpoint))
    again = Grant(Role.CIO, "", False, Period(SINCE.replace(year=2027), None, ""))

    follow(site, [*others("cleo"), person("cleo", ended, again), person("carol", Role.CIO)])

    assert site.history().holds("cleo", Role.CIO)
    assert force(site, case, late) is Force.SPENT
    assert site.state(case).in_force is None


def test_other_terms_a_leaving_cio_had_moved_to_still_speak_against_the_old_ones(site: Site) -> None:
    case = site.revision().id
    site.cio(case, users=20)
    checkpoint = site.checkpoint().id
    away = site.fork("away")
    away.cio(case, users=50)
    site.ciso(case, users=20)
    assert site.state(case).in_force is not None

    site.take(away)
    cio_leaves(site, checkpoint)

    assert [pair.fate for pair in site.state(case).pairs] == [Fate.CONTESTED]
    assert site.state(case).in_force is None


def test_a_revision_of_a_successor_stands_after_the_succession_ends(site: Site) -> None:
    case = site.revision().id

    def succeeding(end: str = "") -> list[Person]:
        return [*others("eve"), person("eve", Grant(Role.OWNER, case, False, Period(SINCE, None, end)))]

    follow(site, succeeding())
    later = site.revision("eve", case=case)
    site.cio(case, later.id)
    site.ciso(case, later.id)
    site.accept("eve", case)

    follow(site, succeeding(site.checkpoint().id))

    state = site.state(case)
    assert state.heads == (later.id,)
    assert state.in_force is not None


# -------------------------------------------------------------------------------------------------- stolen keys


@pytest.mark.attack("a stolen key below and at its cut-off", refusal="what was signed COUNTS")
def test_below_and_at_the_cut_off_everything_stands(site: Site) -> None:
    case = site.revision().id
    below, at = site.comment("cleo", case), site.cio(case)
    site.ciso(case)

    key_stolen(site, site.checkpoint().id)

    assert [force(site, case, act) for act in (below, at)] == [Force.COUNTS, Force.COUNTS]
    assert site.state(case).in_force is not None


@pytest.mark.attack("a stolen key beyond its cut-off", refusal="IGNORED: cut off")
@pytest.mark.parametrize("position", list(Position))
def test_beyond_the_cut_off_nothing_counts_not_even_an_objection(site: Site, position: Position) -> None:
    case = site.revision().id
    site.comment("cleo", case)
    checkpoint = site.checkpoint().id
    away = site.fork("away")
    beyond = away.cio(case, position=position)

    site.take(away)
    key_stolen(site, checkpoint)

    assert force(site, case, beyond) is Force.IGNORED
    assert "cut off" in words(site.state(case).event(beyond.id).judgement.reason)
    assert site.state(case).phase is Phase.REVIEW


@pytest.mark.attack("a stolen key that forks what its owner had signed", refusal="no fork, the decision stands")
def test_a_thief_cannot_undo_what_was_signed_below_by_forking_the_stream(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    site.ciso(case)
    checkpoint = site.checkpoint().id
    site.opinion(
        "cleo", Office.CIO, case, case, Position.APPROVE, terms(999),
        seq=approval.seq, prev=approval.prev, after=approval.after,
    )  # fmt: skip
    assert site.state(case).in_force is None

    key_stolen(site, checkpoint)

    state = site.state(case)
    assert state.forks == ()
    assert state.in_force is not None


@pytest.mark.attack("an act dated back", refusal="IGNORED")
def test_backdated_acts_of_a_stolen_key_in_a_fresh_stream_do_not_count(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    checkpoint = site.checkpoint().id
    away = site.fork("thief")
    away.clock = away.clock.replace(year=2020)
    stolen = away.cio(case)
    key_stolen(site, checkpoint)

    assert force(site.take(away), case, stolen) is Force.IGNORED
    assert site.state(case).in_force is None


def test_a_new_key_of_the_same_person_signs_on(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    checkpoint = site.checkpoint().id
    der = certificate("cleo2")
    old = person("cleo", Role.CIO, end=checkpoint)
    fresh = replace(old.certificates[0], sha256=canonical.sha256(der), der=der, period=Period(SINCE, None, ""))
    both = replace(old, certificates=(*old.certificates, fresh))
    follow(site, [*others("cleo"), both], cutoffs={CLEO: checkpoint})
    signed = site.opinion("cleo2", Office.CIO, case, case)
    site.acts[signed.id] = replace(signed, person="cleo")

    assert force(site, case, signed) is Force.COUNTS
    assert site.state(case).in_force is not None


# -------------------------------------------------------------------------------------------------- not here yet


def test_while_the_horizon_cannot_be_read_nothing_ended_counts_in_favour(site: Site) -> None:
    case = site.revision().id
    approval = site.cio(case)
    site.ciso(case)
    checkpoint = site.checkpoint()
    cio_leaves(site, checkpoint.id)
    assert site.state(case).in_force is not None

    del site.blobs[str(checkpoint.body["heads"]["sha256"])]  # type: ignore[call-overload, index]

    assert site.state(case).in_force is None
    assert site.state(case).event(approval.id).judgement.unlisted == checkpoint.id


@pytest.mark.parametrize("ends", [cio_leaves, key_stolen])
def test_a_version_waits_for_the_checkpoint_it_names_and_says_so(site: Site, ends: Callable[[Site, str], Act]) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    checkpoint = site.checkpoint("eve")
    made = ends(site, checkpoint.id)
    later = site.revision().id
    approval = site.ciso(later)

    del site.acts[checkpoint.id]

    history = site.history()
    assert [(item.listed.id, item.waits_for) for item in history.pending] == [(made.id, checkpoint.id)]
    assert (
        words(history.pending[0].problem) == f"no checkpoint {checkpoint.id[:16]} is here, at which it ends something"
    )
    assert site.state(case).in_force is not None
    assert checkpoint.id in site.state(later).event(approval.id).judgement.waits_for
    site.acts[checkpoint.id] = checkpoint
    assert site.history().in_force[0].id == made.id


@pytest.mark.attack(
    "a role or key ended at an id that is no checkpoint",
    refusal="pending: no such checkpoint is here; decided cases stay",
)
@pytest.mark.parametrize("ends", [cio_leaves, key_stolen])
@pytest.mark.parametrize("what", ["nothing", "opinion", "roster", "endorsement", "revision"])
def test_what_is_no_checkpoint_ends_nothing(site: Site, what: str, ends: Callable[[Site, str], Act]) -> None:
    case = site.revision().id
    opinion = site.cio(case)
    site.ciso(case)
    endorsement = next(act.id for act in site.acts.values() if act.kind == ENDORSE.name)
    named = {
        "nothing": "a" * 64,
        "opinion": opinion.id,
        "roster": site.org,
        "endorsement": endorsement,
        "revision": case,
    }

    made = ends(site, named[what])

    (pending,) = site.history().pending
    assert (pending.listed.id, pending.waits_for) == (made.id, named[what])
    assert site.state(case).in_force is not None


def test_what_lacks_endorsements_as_well_says_that_first(site: Site) -> None:
    left = person("cleo", Role.CIO, ends={Role.CIO: "a" * 64})
    site.publish(roster([*others("cleo"), left], version=2, previous=(site.org,)), "bob")

    (pending,) = site.history().pending

    assert (words(pending.problem), pending.waits_for) == (
        "a majority of the administrators before it has not endorsed it",
        "",
    )


def test_while_the_cut_off_cannot_be_read_an_objection_is_not_silenced(site: Site) -> None:
    case = site.revision().id
    decline = site.cio(case, position=Position.DECLINE)
    checkpoint = site.checkpoint()
    key_stolen(site, checkpoint.id)
    assert site.state(case).phase is Phase.DECLINED

    del site.blobs[str(checkpoint.body["heads"]["sha256"])]  # type: ignore[call-overload, index]

    assert force(site, case, decline) is Force.OBJECTS
    assert site.state(case).phase is Phase.DECLINED


def test_a_checkpoint_covers_only_what_the_streams_prove(site: Site) -> None:
    case = site.revision().id
    first, approval = site.cio(case), site.cio(case)
    cio_leaves(site, site.checkpoint().id)
    assert force(site, case, first) is Force.COUNTS

    # The listed head of Cleo's stream is gone; the act below it can no longer be shown to have been seen.
    del site.acts[approval.id]

    assert force(site, case, first) is Force.SPENT


def test_a_foreign_act_that_claims_to_follow_does_not_cover(site: Site) -> None:
    case = site.revision().id
    listed = site.fork("records")
    approval = site.cio(case)
    site.ciso(case)
    posing = listed.act("eve", "comment", {"text": "x", "about": ""}, case=case, prev=approval.id, after=())
    checkpoint = listed.checkpoint()
    cio_leaves(site.take(listed), checkpoint.id)

    assert posing.prev == approval.id
    assert force(site, case, approval) is Force.SPENT


# -------------------------------------------------------------------------------------------------- rivals and cases


@pytest.mark.attack("a rival version of the roster", refusal="approvals ON_HOLD")
def test_only_rights_in_both_rivals_count_and_nothing_new_is_approved(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    follow(site, [*PEOPLE, person("carol", Role.CIO)])
    follow(away, [*PEOPLE, person("hugo", Role.CISO)])
    site.take(away)
    by_rival = site.opinion("carol", Office.CIO, case, case)
    site.cio(case)
    site.ciso(case)

    state = site.state(case)

    assert site.history().rivals
    assert state.event(by_rival.id).judgement.force is Force.IGNORED
    assert {pair.fate for pair in state.pairs} == {Fate.ON_HOLD}
    assert state.in_force is None


def test_objections_count_while_rosters_are_rivals(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    follow(site, [*PEOPLE, person("carol", Role.CIO)])
    follow(away, [*PEOPLE, person("hugo", Role.CISO)])

    site.take(away).ciso(case, position=Position.DECLINE)

    assert site.state(case).phase is Phase.DECLINED


def test_an_objection_outlives_the_roster_it_names(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    away = site.fork("away")
    follow(away, [*PEOPLE, person("carol", Role.CIO)])
    decline = away.ciso(case, position=Position.DECLINE)

    site.acts |= {name: act for name, act in away.acts.items() if act.case == case}

    assert decline.roster not in site.history().chain
    assert force(site, case, decline) is Force.OBJECTS
    assert site.state(case).in_force is None
    assert decline.roster in site.state(case).missing


@pytest.mark.attack("an act before its roster", refusal="WAITS, then COUNTS")
def test_an_act_before_its_roster_waits_and_counts_after(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    away = site.fork("away")
    follow(away, [*PEOPLE, person("carol", Role.CIO)])
    approval = away.opinion("carol", Office.CIO, case, case)

    site.acts[approval.id] = approval
    site.blobs |= away.blobs
    assert force(site, case, approval) is Force.WAITS
    assert away.roster in site.state(case).missing

    site.take(away)
    assert force(site, case, approval) is Force.COUNTS
    assert site.state(case).in_force is not None


@pytest.mark.attack("a complete rival organisation", refusal="IGNORED")
def test_a_complete_rival_organisation_is_another_organisation(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    copy = Site("copy")
    copy.publish(replace(roster(), organisation="Sample (new)"), "bob", "finn")
    copy.acts |= {name: act for name, act in site.acts.items() if act.case_id == case}
    copy.blobs |= site.blobs
    foreign = copy.cio(case)

    site.take(copy)

    assert copy.org != site.org
    assert [item.id for item in site.history().in_force] == [site.org]
    assert force(site, case, foreign) is Force.IGNORED
    assert site.state(case).in_force is None


@pytest.mark.attack("an act of another organisation", refusal="IGNORED")
def test_an_act_that_names_our_roster_and_another_organisation_is_ignored(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)

    posing = site.cio(case, org="9" * 64)

    judged = site.state(case).event(posing.id).judgement
    assert (judged.force, words(judged.reason)) == (Force.IGNORED, "it belongs to another organisation")
