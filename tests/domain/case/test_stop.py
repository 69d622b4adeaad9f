"""What was approved and does not hold: why, since when, and that it is said of nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from intake.domain.acts.kinds import COMMENT, OPINION, Office
from intake.domain.acts.kinds.opinion import OpinionBody, Position
from intake.domain.base.reasons import as_text, of_text
from intake.domain.base.wording import words
from intake.domain.case.fold import CaseState
from intake.domain.case.judge import Force
from intake.domain.case.stop import Stop, StopWhy, row_stop, stopped, stopped_by_acts
from intake.domain.case.summary import summarise
from intake.domain.terms.terms import Stage
from tests.counting import calls
from tests.domain.case.test_horizon import key_stolen
from tests.domain.world import START, Site, organisation, terms

TODAY = START.date()
EXPIRES = terms().expires


@pytest.fixture
def site() -> Site:
    return organisation()


def decided(site: Site, stage: Stage = Stage.PILOT) -> str:
    case = site.revision(stage=stage).id
    for who, office in (("dan", Office.CISO), ("cleo", Office.CIO)):
        site.opinion(who, office, case, case, given=terms(stage=stage))
    return case


def stop_of(site: Site, case: str, day: date = TODAY) -> Stop:
    found = stopped(site.state(case), day)
    assert found is not None
    return found


def test_nothing_is_stopped_where_nothing_ever_was(site: Site) -> None:
    case = site.revision().id
    assert stopped(site.state(case), TODAY) is None
    site.ciso(case)
    assert stopped(site.state(case), TODAY) is None
    site.cio(case, position=Position.DECLINE)
    assert stopped(site.state(case), TODAY) is None


def test_nothing_is_stopped_while_an_approval_is_in_force(site: Site) -> None:
    case = decided(site)
    assert stopped(site.state(case), EXPIRES) is None
    site.revision(case=case)
    assert stopped(site.state(case), TODAY) is None


@pytest.mark.parametrize("position", [Position.CHANGES, Position.DECLINE])
def test_an_objection_stops_what_runs_and_says_by_whom_and_since_when(site: Site, position: Position) -> None:
    case = decided(site)
    site.ciso(case, position=position)

    found = stop_of(site, case)

    assert (found.why, found.since, found.running) == (StopWhy.SUSPENDED, TODAY, True)
    assert words(found.sentence) == "Stop it now: the CISO suspended it on 2026-11-22."


def test_objections_of_both_are_both_named(site: Site) -> None:
    case = decided(site)
    site.ciso(case, position=Position.CHANGES)
    site.clock += timedelta(days=3)
    site.cio(case, position=Position.DECLINE)

    assert words(stop_of(site, case).sentence) == (
        "Stop it now: the CIO suspended it on 2026-11-25 and the CISO suspended it on 2026-11-22."
    )


def test_what_is_suspended_stays_stopped_under_the_next_revision(site: Site) -> None:
    case = decided(site)
    site.ciso(case, position=Position.CHANGES)
    site.revision(case=case)

    assert stop_of(site, case).why is StopWhy.SUSPENDED


def test_an_expired_approval_stops_the_day_after(site: Site) -> None:
    case = decided(site)

    assert words(stop_of(site, case, EXPIRES + timedelta(1)).sentence) == (
        "Stop it now: the approval ended on 2027-06-30."
    )
    assert stopped_by_acts(site.state(case)) is None


def test_a_withdrawal_stops_it(site: Site) -> None:
    case = decided(site)
    site.withdraw("ada", case)

    assert words(stop_of(site, case).sentence) == "Stop it now: the use case was withdrawn on 2026-11-22."


def test_a_withdrawal_of_what_was_never_approved_stops_nothing(site: Site) -> None:
    case = site.revision().id
    site.withdraw("ada", case)

    assert stopped(site.state(case), TODAY) is None


def test_an_idea_does_not_run_so_there_is_nothing_to_stop(site: Site) -> None:
    case = decided(site, Stage.IDEA)
    site.ciso(case, position=Position.DECLINE)

    found = stop_of(site, case)

    assert not found.running
    assert words(found.sentence) == "The approval does not hold: the CISO suspended it on 2026-11-22."
    assert summarise(site.state(case), None).stop is None


def test_a_key_that_is_cut_off_takes_its_approval_along(site: Site) -> None:
    before = site.checkpoint().id
    case = decided(site)

    key_stolen(site, before)

    found = stop_of(site, case)
    assert found.why is StopWhy.LOST
    assert words(found.sentence) == (
        "Stop it now: what the CIO signed no longer counts, as its key was cut off, and it is beyond the cut-off."
    )


def test_a_stream_that_forks_takes_its_approval_along(site: Site) -> None:
    case = site.revision().id
    approval = site.ciso(case)
    site.cio(case)
    site.opinion("dan", Office.CISO, case, case, seq=approval.seq, prev=approval.prev)

    found = stop_of(site, case)

    assert found.why is StopWhy.LOST
    assert words(found.sentence) == (
        "Stop it now: what the CISO signed no longer counts, as its stream is forked: two acts claim the same place."
    )


def test_offices_that_moved_apart_leave_something_to_settle(site: Site) -> None:
    case = site.revision().id
    away = site.fork("away")
    site.ciso(case, users=20)
    away.cio(case, users=50)
    left, right = site.fork("left").take(away), site.fork("right").take(away)
    left.ciso(case, users=50)
    right.cio(case, users=20)

    found = stop_of(site.take(left, right), case)

    assert found.why is StopWhy.UNSETTLED
    assert words(found.sentence).startswith("It must not run: both offices had signed the same terms, and ")


def test_a_line_of_a_list_says_the_same(site: Site) -> None:
    case = decided(site)
    row = summarise(site.state(case), None)
    assert row_stop(row, EXPIRES) is None
    assert words(row_stop(row, EXPIRES + timedelta(1))) == "Stop it now: the approval ended on 2027-06-30."

    site.ciso(case, position=Position.DECLINE)

    assert row_stop(summarise(site.state(case), None), TODAY) == stop_of(site, case).sentence


def test_a_reason_is_kept_as_one_text(site: Site) -> None:
    case = decided(site)
    site.ciso(case, position=Position.DECLINE)
    said = stop_of(site, case).sentence

    assert of_text(as_text(said)) == said
    assert (as_text(None), of_text("")) == ("", None)
    for broken in ("{", "[]", '{"code": 1, "facts": {}}', '{"facts": {}}'):
        assert words(of_text(broken)).startswith("for a reason that only another version")


def lost_one_by_one(state: CaseState) -> tuple[str, str] | None:
    """The second reading: every approval of the CIO beside every one of the CISO, the newest first."""
    approvals = [
        event
        for event in reversed(state.events)
        if isinstance(event.body, OpinionBody) and event.body.terms is not None
    ]
    for one, other in product(approvals, repeat=2):
        mine, theirs = one.body, other.body
        assert isinstance(mine, OpinionBody)
        assert isinstance(theirs, OpinionBody)
        same = (mine.revision, mine.terms_digest, mine.assessment) == (
            theirs.revision,
            theirs.terms_digest,
            theirs.assessment,
        )
        if (mine.office, theirs.office) == (Office.CIO, Office.CISO) and same:
            for event, body in ((one, mine), (other, theirs)):
                if event.judgement.force is Force.SPENT:
                    return body.office.label, mine.terms_digest
    return None


@pytest.mark.parametrize("forked", ["cleo", "dan", "both"])
def test_the_newest_terms_that_both_approved_tell_what_was_lost(site: Site, forked: str) -> None:
    case = site.revision().id
    for users in (5, 6, 7, 6):
        site.ciso(case, users=users)
        site.cio(case, users=users)
    site.ciso(case, users=9)
    site.cio(case, users=8)
    for who in ("cleo", "dan") if forked == "both" else (forked,):
        first = next(act for act in site.acts.values() if act.person == who and act.kind == OPINION.name)
        site.act(who, COMMENT.name, {"text": "x", "about": ""}, case=case, seq=first.seq, prev=first.prev)
    state = site.state(case)
    expected = lost_one_by_one(state)

    found = stopped(state, TODAY)

    assert expected is not None
    assert found is not None
    assert found.why is StopWhy.LOST
    assert dict(found.said.facts)["office"] == expected[0]


@pytest.mark.attack("one office approves thousands of terms while nothing is in force", refusal="looked at once each")
def test_what_one_office_approves_alone_is_looked_at_once_each() -> None:
    def work(count: int) -> int:
        site = organisation()
        case = site.revision().id
        last = site.ciso(case, users=3).id
        for users in range(100, 100 + count):
            last = site.cio(case, users=users, after=[last]).id
        state = site.state(case)
        assert stopped(state, TODAY) is None
        return calls(lambda: stopped(state, TODAY))

    assert work(80) < 3 * work(40)
