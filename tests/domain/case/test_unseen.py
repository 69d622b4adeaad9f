"""Revisions that do not descend from what the offices said: what they stop, what they reopen, and that it is said."""

from __future__ import annotations

import pytest

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.opinion import Position
from intake.domain.case.fates import Fate
from intake.domain.case.phases import Phase
from intake.domain.case.summary import summarise
from tests.domain.world import Site, organisation


def decided() -> tuple[Site, str, Act]:
    """A decision, and a revision that Ada filed elsewhere without having seen it."""
    site = organisation()
    case = site.revision().id
    away = site.fork("away")
    site.cio(case)
    site.ciso(case)
    assert site.state(case).in_force is not None
    stale = away.revision(case=case, title="Stale")
    return site.take(away), case, stale


@pytest.mark.attack("a revision that has not seen the decision", refusal="ON_HOLD, with an alarm that names it")
def test_a_decision_that_the_author_of_a_revision_had_not_seen_is_held_and_everybody_is_told() -> None:
    site, case, stale = decided()

    state = site.state(case)

    assert [(pair.fate, pair.against) for pair in state.pairs] == [(Fate.ON_HOLD, (stale.id,))]
    assert state.in_force is None
    assert state.unseen == ((stale.id, case),)
    row = summarise(state, None)
    assert row is not None
    assert row.alarms == 1


def test_deciding_on_what_came_last_ends_it() -> None:
    site, case, stale = decided()
    site.cio(case, stale.id)
    assert site.state(case).unseen

    site.ciso(case, stale.id)

    state = site.state(case)
    assert state.in_force is not None
    assert state.in_force.revision == stale.id
    assert state.unseen == ()


def test_a_revision_in_the_knowledge_of_the_decision_stops_nothing_and_is_no_alarm() -> None:
    site = organisation()
    case = site.revision().id
    site.cio(case)
    site.ciso(case)
    site.revision(case=case)

    state = site.state(case)

    assert state.in_force is not None
    assert state.unseen == ()


def test_offices_that_decide_on_an_old_revision_although_they_know_the_new_one_are_no_alarm() -> None:
    site = organisation()
    case = site.revision().id
    site.revision(case=case)
    site.cio(case, case)
    site.ciso(case, case)

    assert site.state(case).unseen == ()


@pytest.mark.attack("a revision that has not seen the withdrawal", refusal="WITHDRAWN: it opens nothing")
def test_a_revision_that_has_not_seen_the_withdrawal_opens_nothing() -> None:
    site = organisation()
    case = site.revision().id
    away = site.fork("away")
    site.withdraw("ada", case)
    away.revision(case=case)

    assert site.take(away).state(case).phase is Phase.WITHDRAWN


def test_a_revision_that_has_not_seen_a_decline_is_reviewed_and_permits_nothing() -> None:
    """A revision answers a decline whether it knows of it or not; both offices have to say yes to it all the same."""
    site = organisation()
    case = site.revision().id
    away = site.fork("away")
    decline = site.cio(case, position=Position.DECLINE)
    away.revision(case=case)

    state = site.take(away).state(case)

    assert (state.phase, state.in_force) == (Phase.REVIEW, None)
    assert decline.id in state.newest
