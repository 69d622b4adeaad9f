"""What giving an opinion is called: by what offices have signed, and as its author saw it."""

from __future__ import annotations

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.verbs import OpinionVerb, held_now, verb
from tests.domain.world import Site, organisation, terms

CIO, CISO = Office.CIO, Office.CISO
PROPOSED, MINE, THEIRS = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture
def site() -> Site:
    return organisation()


@pytest.mark.parametrize(
    ("held", "given", "called"),
    [
        ((), PROPOSED, OpinionVerb.APPROVE),
        ((), MINE, OpinionVerb.APPROVE_MINE),
        (((CIO, THEIRS),), THEIRS, OpinionVerb.APPROVE),
        (((CIO, THEIRS),), MINE, OpinionVerb.PROPOSE),
        (((CIO, THEIRS),), PROPOSED, OpinionVerb.PROPOSE),
        (((CISO, MINE),), MINE, OpinionVerb.APPROVE),
        (((CISO, MINE),), PROPOSED, OpinionVerb.PROPOSE),
        (((CIO, THEIRS), (CISO, MINE)), MINE, OpinionVerb.PROPOSE),
        (((CIO, THEIRS), (CIO, MINE)), MINE, OpinionVerb.APPROVE),
    ],
)
def test_the_ciso_approves_or_proposes_by_what_is_signed(held, given: str, called: OpinionVerb) -> None:
    assert verb(Position.APPROVE, CISO, given, held, PROPOSED) is called


@pytest.mark.parametrize(
    ("position", "called"), [(Position.CHANGES, OpinionVerb.CHANGES), (Position.DECLINE, OpinionVerb.DECLINE)]
)
def test_an_objection_is_called_what_it_is_whatever_is_signed(position: Position, called: OpinionVerb) -> None:
    assert verb(position, CISO, "", ((CIO, THEIRS),), PROPOSED) is called


def test_what_is_held_now_are_the_terms_of_both_offices(site: Site) -> None:
    case = site.revision().id
    assert held_now(site.state(case)) == ()

    site.ciso(case, users=20)
    site.cio(case, users=50)
    site.ciso(case, position=Position.CHANGES)

    assert held_now(site.state(case)) == ((CIO, terms(50).digest),)


def test_an_approval_answers_what_its_author_had_seen_and_nothing_that_came_later(site: Site) -> None:
    case = site.revision().id
    first = site.ciso(case, users=20).id
    counter = site.cio(case, users=50).id
    agreed = site.ciso(case, users=50).id

    answered = site.state(case).answered

    assert answered[first] == ()
    assert answered[counter] == ((CISO, terms(20).digest),)
    assert answered[agreed] == ((CIO, terms(50).digest), (CISO, terms(20).digest))


def test_two_offices_that_sign_apart_answer_nothing_and_neither_is_called_a_proposal(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    mine, theirs = site.ciso(case, users=20).id, away.cio(case, users=50).id

    state = site.take(away).state(case)

    assert (state.answered[mine], state.answered[theirs]) == ((), ())


def test_what_was_signed_on_an_earlier_revision_is_not_answered(site: Site) -> None:
    case = site.revision().id
    site.ciso(case, users=20)
    second = site.revision(case=case).id
    theirs = site.cio(case, second, users=50).id

    state = site.state(case)

    assert state.answered[theirs] == ()
    assert held_now(state) == ((CIO, terms(50).digest),)
