"""Engines: what judges is numbered, a roster names the number, and a program that lacks it permits less, never more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.assessment.assessment import assess
from intake.domain.assessment.engines import ENGINES, Engine, EngineNotHere, PlaybookNotAccepted, engine
from intake.domain.base.wording import words
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.guide.asked import asked
from intake.domain.organisation.accepted_playbooks import accepted, engine_for
from intake.domain.organisation.changes import accepting, following
from intake.domain.organisation.reconciling import settling
from intake.domain.playbook.answers import Answer
from tests.domain.playbook.small_playbook import made
from tests.domain.world import PLAYBOOK, Site, organisation, roster, terms

NEXT_BYTES = b"a playbook for engine 2"
SMALL = made()
FIRST = AcceptedPlaybook(PLAYBOOK, 10, 1)
NEXT = AcceptedPlaybook("e" * 64, len(NEXT_BYTES), 2)
OLDER, NEWER = frozenset({1}), frozenset({1, 2})
"""What an older and a newer program can judge with."""
NEEDS = "it needs a newer version of Countersign, which has engine 2"


@pytest.fixture
def site() -> Site:
    """The second roster accepts a playbook that is judged with engine 2."""
    found = organisation()
    found.blobs[NEXT.sha256] = NEXT_BYTES
    second = accepting(following(found.history().in_force[0]), NEXT)
    found.publish(second, "bob", "finn")
    assert found.history().newest == second
    return found


def approved(site: Site, case: str, revision: str) -> tuple[Act, Act]:
    mine = {"playbook": NEXT.sha256, "assessment": "f" * 64}
    return site.cio(case, revision, **mine), site.ciso(case, revision, **mine)


# ------------------------------------------------------------------------------------------------------ the numbers


def test_an_assessment_says_which_engine_made_it() -> None:
    made = assess(SMALL, {})

    assert made.as_json()["engine"] == 1
    assert replace(made, engine=2).digest != made.digest


def test_engine_1_is_what_the_guide_and_the_review_go_by() -> None:
    answers = {"work.users": Answer(200)}

    assert ENGINES[1].assess(SMALL, answers) == assess(SMALL, answers)


def test_a_made_up_engine_can_stand_beside_it() -> None:
    engines = {**ENGINES, 2: Engine(asked, lambda book, known: replace(ENGINES[1].judge(book, known), engine=2))}

    assert engine(engines, 2).assess(SMALL, {}).engine == 2
    assert engine(engines, 1).assess(SMALL, {}) == assess(SMALL, {})


def test_an_engine_that_is_not_here_is_named() -> None:
    with pytest.raises(EngineNotHere) as refusal:
        engine(ENGINES, 2)

    assert refusal.value.what_happened.startswith("This needs a newer version of Countersign")
    with pytest.raises(PlaybookNotAccepted):
        engine(ENGINES, 0)


# ------------------------------------------------------------------------------------------- which engine judges what


def test_the_roster_that_a_revision_names_tells_its_engine(site: Site) -> None:
    history = site.history()

    assert engine_for(history, PLAYBOOK, site.org) == 1
    assert engine_for(history, NEXT.sha256, site.roster) == 2
    assert engine_for(history, NEXT.sha256, site.org) == 2, "accepted since"
    assert engine_for(history, "9" * 64, site.roster) == 0


@pytest.mark.parametrize(
    ("playbooks", "why"),
    [
        ((), f"it leaves out the playbook {PLAYBOOK[:16]}"),
        ((replace(FIRST, engine=2),), f"it judges by the playbook {PLAYBOOK[:16]} with another engine"),
        ((replace(FIRST, size=11),), f"it judges by the playbook {PLAYBOOK[:16]} with another engine"),
    ],
)
@pytest.mark.attack(
    "a roster that judges old use cases otherwise", refusal="it judges by the playbook … with another engine"
)
def test_a_roster_that_would_judge_again_otherwise_does_not_follow(
    playbooks: tuple[AcceptedPlaybook, ...], why: str
) -> None:
    site = organisation()
    site.publish(roster(version=2, previous=(site.roster,), playbooks=playbooks), "bob", "finn")

    history = site.history()

    assert [words(item.problem) for item in history.pending] == [why]
    assert accepted(history) == {PLAYBOOK: 1}


def test_rivals_with_two_engines_for_one_playbook_are_settled_by_the_older_one() -> None:
    site = organisation()
    first = site.roster
    for number in (2, 3):
        site.roster = first
        site.publish(
            roster(version=2, previous=(first,), playbooks=sorted_of(FIRST, replace(NEXT, engine=number))),
            "bob",
            "finn",
        )
    rivals = site.history()
    assert rivals.rivals
    undecided = engine_for(rivals, NEXT.sha256)

    site.publish(settling(rivals.in_force), "bob", "finn")

    assert undecided == 0
    assert not site.history().rivals
    assert engine_for(site.history(), NEXT.sha256) == 2


def sorted_of(*playbooks: AcceptedPlaybook) -> tuple[AcceptedPlaybook, ...]:
    return tuple(sorted(playbooks, key=lambda item: item.sha256))


# -------------------------------------------------------------------------------------------------------- mixed installations


def test_a_newer_program_decides_by_both_engines(site: Site) -> None:
    old = site.revision().id
    site.cio(old)
    site.ciso(old)
    new = site.revision(playbook=NEXT.sha256).id
    approved(site, new, new)

    assert site.state(old, NEWER).phase is Phase.DECIDED
    assert site.state(new, NEWER).phase is Phase.DECIDED
    assert [item.engine for item in site.state(new, NEWER).revisions] == [2]


def test_in_an_older_program_such_approvals_wait_with_the_reason(site: Site) -> None:
    case = site.revision(playbook=NEXT.sha256).id
    opinions = approved(site, case, case)

    state = site.state(case, OLDER)

    assert {state.event(item.id).judgement.force for item in opinions} == {Force.WAITS}
    assert {words(state.event(item.id).judgement.reason) for item in opinions} == {NEEDS}
    assert [(name, words(why)) for name, why in state.blocked] == [(case, NEEDS)]
    assert (state.phase, state.pairs, state.in_force) == (Phase.REVIEW, (), None)


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_objections_count_there_without_an_assessment(site: Site, position: Position) -> None:
    case = site.revision(playbook=NEXT.sha256).id
    made = site.ciso(case, position=position, playbook=NEXT.sha256, assessment="")

    state = site.state(case, OLDER)

    assert state.event(made.id).judgement.force is Force.COUNTS
    assert state.phase is (Phase.DECLINED if position is Position.DECLINE else Phase.CHANGES_REQUESTED)
    assert state == replace(site.state(case, NEWER), blocked=state.blocked)


@pytest.mark.attack("an older program goes on with terms that were replaced", refusal="nothing is in force there")
def test_what_both_offices_replaced_by_a_newer_version_is_not_in_force_in_an_older_one(site: Site) -> None:
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    revision = site.revision(case=case, playbook=NEXT.sha256).id
    one = site.cio(case, revision, playbook=NEXT.sha256, assessment="f" * 64)
    before = site.state(case, OLDER).in_force

    site.ciso(case, revision, playbook=NEXT.sha256, assessment="f" * 64, after=(one.id,))

    assert before is not None, "one office alone replaces nothing"
    assert before.revision == case
    assert site.state(case, OLDER).in_force is None
    found = site.state(case, NEWER).in_force
    assert found is not None
    assert found.revision == revision


def test_a_revision_waits_for_the_bytes_of_its_playbook(site: Site) -> None:
    case = site.revision(playbook=NEXT.sha256).id
    del site.blobs[NEXT.sha256]

    state = site.state(case, NEWER)

    assert state.event(case).judgement.force is Force.WAITS
    assert state.event(case).judgement.waits_for == (NEXT.sha256,)
    assert state.current is None
    assert site.history().in_force[0].roster.version == 2, "rights do not hang on the bytes of a playbook"


MOVES = st.tuples(
    st.integers(0, 1),
    st.sampled_from(["both"] * 3 + ["revise"] * 2 + ["approve", "decline", "changes", "withdraw", "meet"]),
    st.sampled_from([Office.CIO, Office.CISO]),
    st.integers(0, 1),
)
"""Where, what, by which office; the last chooses between two terms, or between the playbooks of a revision."""


@given(moves=st.lists(MOVES, min_size=2, max_size=12))
def test_an_older_program_permits_what_a_newer_one_does_or_nothing(
    moves: list[tuple[int, str, Office, int]],
) -> None:
    office = organisation()
    office.publish(accepting(following(office.history().in_force[0]), NEXT), "bob", "finn")
    office.blobs[NEXT.sha256] = NEXT_BYTES
    case = office.revision().id
    office.ciso(case)
    office.cio(case)
    sites = [office, office.fork("away")]

    for at, move, speaks, choice in moves:
        site = sites[at]
        act(site, sites[1 - at], case, move, speaks, choice)
        older, newer = site.state(case, OLDER), site.state(case, NEWER)
        assert older.in_force in (None, newer.in_force)


def act(site: Site, other: Site, case: str, move: str, office: Office, choice: int) -> None:
    current = site.state(case, NEWER).current
    if move == "meet":
        site.take(other)
    elif move == "withdraw":
        site.withdraw("ada", case)
    elif move == "revise":
        site.revision(case=case, playbook=(PLAYBOOK, NEXT.sha256)[choice])
    elif current is not None:
        mine = {"playbook": current.body.playbook, "assessment": str(current.engine) * 64}
        for speaker in Office if move == "both" else (office,):
            who = "cleo" if speaker is Office.CIO else "dan"
            position = Position.APPROVE if move == "both" else Position(move)
            site.opinion(who, speaker, case, current.id, position, terms(10 + choice), **mine)
