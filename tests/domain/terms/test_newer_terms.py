"""Approvals on terms that only a newer version can read: they permit nothing here, and what they say against other terms
counts. An older version permits less than a newer one, never more.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import KINDS, OPINION, Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.fates import Fate
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.phases import Phase
from intake.domain.case.status import status
from intake.domain.case.summary import summarise
from intake.domain.terms.terms import Stage
from tests.domain.case.histories import random_world
from tests.domain.terms.later_tables import NEWER, OLDER, later_terms
from tests.domain.world import START, Site, organisation

UNREAD = (Force.UNJUDGED, "it uses boundaries of a newer version")


@pytest.fixture
def site() -> Site:
    return organisation()


def newer(site: Site, who: str, case: str, revision: str = "", users: int = 20, stage: Stage = Stage.PILOT, **f) -> Act:
    office = Office.CIO if who == "cleo" else Office.CISO
    return site.opinion(who, office, case, revision or case, given=later_terms(users, stage), **f)


def judged(state: CaseState, act: Act) -> tuple[Force, str]:
    found = state.event(act.id).judgement
    assert (found.waits_for, found.unlisted) == ((), "")
    return found.force, words(found.reason)


def fates(state: CaseState) -> list[Fate]:
    return [pair.fate for pair in state.pairs]


def test_an_approval_that_cannot_be_read_here_waits_for_its_own_reason(site: Site) -> None:
    case = site.revision().id

    approval = newer(site, "dan", case)

    state = site.state(case)
    assert judged(state, approval) == UNREAD
    assert (state.phase, state.turn, state.missing) == (Phase.COUNTERSIGN, ("cio",), ())
    assert state.unreadable == ()
    assert state.newest == (approval.id,)


@pytest.mark.attack("countersign terms that this version cannot read", refusal="UNJUDGED, nothing is in force")
def test_agreement_on_terms_nobody_can_read_here_permits_nothing(site: Site) -> None:
    case = site.revision().id
    newer(site, "dan", case)
    newer(site, "cleo", case)

    older, later = site.state(case, tables=OLDER), site.state(case, tables=NEWER)

    assert fates(older) == [Fate.UNJUDGED]
    assert (older.phase, older.turn, older.decision, older.in_force) == (Phase.ON_HOLD, (), None, None)
    assert not status(older, START.date()).may_run
    assert later.phase is Phase.ACCEPTANCE
    row = summarise(older, None)
    assert row is not None
    assert (row.stage, row.cio, row.ciso, row.expires) == ("idea", "open", "open", None)


def test_what_newer_terms_took_the_place_of_does_not_go_on_for_those_who_cannot_read_them(site: Site) -> None:
    """They may allow less: an older version that went on by the former terms would permit more than was agreed."""
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    assert site.state(case).in_force is not None
    newer(site, "dan", case)
    assert site.state(case).in_force is not None, "one office alone only proposes"

    newer(site, "cleo", case)

    assert site.state(case, tables=OLDER).in_force is None
    assert sorted(fates(site.state(case, tables=OLDER))) == [Fate.SUPERSEDED, Fate.UNJUDGED]


def test_newer_terms_on_a_later_revision_end_those_on_the_one_before(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    site.cio(case)
    second = site.revision(case=case).id
    newer(site, "dan", case, second)
    newer(site, "cleo", case, second)
    site.accept("ada", case, later_terms(), second)

    assert site.state(case, tables=OLDER).in_force is None
    assert site.state(case, tables=NEWER).in_force is not None


def test_what_cannot_be_read_speaks_against_other_terms_at_once(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    away = site.fork("away")
    newer(site, "dan", case)
    away.cio(case)
    met = site.take(away)

    state = met.state(case, tables=OLDER)

    assert fates(state) == [Fate.CONTESTED]
    assert (state.phase, state.in_force) == (Phase.CONTESTED, None)


def test_terms_of_an_office_that_moved_on_to_newer_ones_cannot_be_countersigned(site: Site) -> None:
    case = site.revision().id
    site.ciso(case)
    newer(site, "dan", case)

    site.cio(case)

    assert fates(site.state(case, tables=OLDER)) == [Fate.VOID]


def test_offices_that_go_back_to_terms_everybody_can_read_decide(site: Site) -> None:
    case = site.revision().id
    newer(site, "dan", case)
    site.cio(case)
    site.ciso(case)

    for tables in (OLDER, NEWER):
        assert site.state(case, tables=tables).phase is Phase.DECIDED


@pytest.mark.parametrize("position", [Position.DECLINE, Position.CHANGES])
def test_an_objection_after_an_agreement_nobody_here_can_read_counts_at_once(site: Site, position: Position) -> None:
    case = site.revision().id
    newer(site, "dan", case)
    newer(site, "cleo", case)

    site.ciso(case, position=position)

    assert fates(site.state(case, tables=OLDER)) == [Fate.SUSPENDED]
    assert site.state(case, tables=OLDER).phase is Phase.SUSPENDED


@pytest.mark.attack("grant a larger step in terms of a made-up table", refusal="IGNORED")
def test_a_step_that_was_not_asked_for_is_refused_whatever_the_table(site: Site) -> None:
    case = site.revision(stage=Stage.IDEA).id

    approval = newer(site, "dan", case, stage=Stage.PILOT)

    assert judged(site.state(case), approval) == (
        Force.IGNORED,
        "it grants a larger step than the revision asks for",
    )


@pytest.mark.attack("approve one's own case in terms of a made-up table", refusal="IGNORED")
@pytest.mark.parametrize(("who", "why"), [("eve", "its signer does not hold the role this needs"), ("dan", "its signer has a part in this case and cannot decide on it")])  # fmt: skip
def test_terms_of_a_made_up_table_give_nobody_a_say(site: Site, who: str, why: str) -> None:
    case = site.revision("ada", owner="dan").id

    approval = newer(site, who, case)

    assert judged(site.state(case), approval) == (Force.IGNORED, why)


def test_without_its_record_it_waits_and_says_nothing_yet(site: Site) -> None:
    case = site.revision().id
    approval = newer(site, "dan", case)
    (file,) = KINDS.carried(approval)
    del site.blobs[file]

    assert site.state(case).event(approval.id).judgement.force is Force.WAITS
    assert site.state(case).missing == (file,)


@pytest.mark.attack("a terms digest that is not that of the newer terms", refusal="unreadable, the act says nothing")
def test_a_wrong_digest_over_newer_terms_is_malformed(site: Site) -> None:
    case = site.revision().id
    body = dict(newer(site, "dan", case).body) | {"terms_digest": "0" * 64}

    forged = site.act("dan", OPINION.name, body, case=case)

    assert forged.id in dict(site.state(case).unreadable)


@given(seed=st.integers(0, 1_000_000))
def test_an_older_version_permits_less_in_any_history_and_never_more(seed: int) -> None:
    world = random_world(seed)
    for site in (*world.sites, world.merged()):
        older, later = site.state(world.case, tables=OLDER), site.state(world.case, tables=NEWER)

        assert older.in_force in (None, later.in_force)
        assert older.decision in (None, later.decision)
        assert (older.newest, older.heads, older.missing, older.positions) == (
            later.newest, later.heads, later.missing, later.positions,
        )  # fmt: skip
        for one, other in zip(older.events, later.events, strict=True):
            assert one.judgement == other.judgement or (
                (one.judgement.force, words(one.judgement.reason), other.judgement.force) == (*UNREAD, Force.COUNTS)
            )
