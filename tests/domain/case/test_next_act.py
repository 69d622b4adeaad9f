"""The next act of the person who looks: every phase beside every person, as a table a board member could read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake.domain.acts.kinds import Office
from intake.domain.acts.kinds.opinion import Position
from intake.domain.base.wording import words
from intake.domain.case.allowed import allowed
from intake.domain.case.next_act import next_act
from intake.domain.case.next_verbs import ActWay, CaseViewer, NextAct, NextVerb
from intake.domain.case.phases import Phase
from intake.domain.terms import terms as agreed
from intake.domain.terms.field_tables import TABLE_1
from intake.domain.terms.terms import Condition, Stage, Terms
from tests.domain.world import START, Site, organisation, terms

TODAY = START.date()
CLOCK = TODAY + timedelta(days=9)
PEOPLE = {"owner": "ada", "cio": "cleo", "ciso": "dan", "records and administrator": "bob", "reader": "eve"}
ACKNOWLEDGE = NextVerb.ACKNOWLEDGE
STOP, FILE, JOIN, DECIDE, ANSWER, AGAIN, LIFT, COMPLETE, MEET, RENEW, WAIT, ACCEPT, ANSWER_OWNER = (
    NextVerb.STOP, NextVerb.FILE_AGAIN, NextVerb.JOIN, NextVerb.DECIDE, NextVerb.ANSWER_TERMS,
    NextVerb.SIGN_AGAIN, NextVerb.LIFT, NextVerb.COMPLETE, NextVerb.MEET, NextVerb.RENEW, NextVerb.WAIT,
    NextVerb.ACCEPT, NextVerb.ANSWER_OWNER,
)  # fmt: skip


@pytest.fixture
def site() -> Site:
    return organisation()


def looks(site: Site, case: str, who: str, day: date = TODAY, clock: date | None = CLOCK) -> NextAct:
    state, rosters = site.state(case), site.history()
    names = {item.id: item.name for item in rosters.newest.people}
    viewer = CaseViewer(who, allowed(state, rosters, who), state.completes(who) is not None, names)
    return next_act(state, viewer, day, clock)


# ------------------------------------------------------------------------------------------------ how each phase comes


def filed(site: Site) -> str:
    return site.revision().id


def decided(site: Site, given: Terms | None = None) -> str:
    case = filed(site)
    first = site.opinion("dan", Office.CISO, case, case, given=given or terms())
    second = site.opinion("cleo", Office.CIO, case, case, given=given or terms())
    site.seal("cleo", case, second, first)
    if site.state(case).acceptance.awaits:
        site.accept("ada", case)
    return case


def countersign(site: Site) -> str:
    case = filed(site)
    site.ciso(case)
    return case


def differ(site: Site) -> str:
    case = filed(site)
    site.ciso(case, users=20)
    site.cio(case, users=50)
    return case


def changes(site: Site) -> str:
    case = filed(site)
    site.ciso(case, position=Position.CHANGES)
    return case


def declined(site: Site) -> str:
    case = filed(site)
    site.cio(case, position=Position.DECLINE)
    return case


def suspended(site: Site) -> str:
    case = decided(site)
    site.ciso(case, position=Position.DECLINE)
    return case


def unsealed(site: Site) -> str:
    case = filed(site)
    away = site.fork("away")
    site.ciso(case)
    away.cio(case)
    site.take(away)
    return case


def unaccepted(site: Site) -> str:
    case = filed(site)
    first, second = site.ciso(case, users=5), site.cio(case, users=5)
    site.seal("cleo", case, second, first)
    return case


def costly(site: Site) -> str:
    case = unaccepted(site)
    site.answer("ada", case, 5)
    return case


def contested(site: Site) -> str:
    case = filed(site)
    away = site.fork("away")
    site.ciso(case, users=20)
    away.cio(case, users=50)
    left, right = site.fork("left").take(away), site.fork("right").take(away)
    left.ciso(case, users=50)
    right.cio(case, users=20)
    site.take(left, right)
    return case


def conflict(site: Site) -> str:
    case = filed(site)
    away = site.fork("away")
    site.revision(case=case)
    away.revision(case=case, title="Meeting minutes")
    site.take(away)
    return case


def on_hold(site: Site) -> str:
    case = filed(site)
    site.act("dan", "call-in", {"reason": "?"}, case=case)
    site.ciso(case)
    site.cio(case)
    return case


def withdrawn(site: Site) -> str:
    case = filed(site)
    site.withdraw("ada", case)
    return case


def retired(site: Site) -> str:
    case = decided(site)
    site.retire("ada", case)
    return case


Expected = Mapping[str, NextVerb]
"""The verb of each person; who is not among them waits."""

TABLE: tuple[tuple[Phase, Callable[[Site], str], Expected], ...] = (
    (Phase.REVIEW, filed, {"cio": DECIDE, "ciso": DECIDE}),
    (Phase.COUNTERSIGN, countersign, {"cio": DECIDE}),
    (Phase.TERMS_DIFFER, differ, {"ciso": ANSWER}),
    (Phase.CHANGES_REQUESTED, changes, {"owner": FILE}),
    (Phase.DECLINED, declined, {}),
    (Phase.DECIDED, decided, {}),
    (Phase.DECIDED, unsealed, {"either office": COMPLETE}),
    (Phase.ACCEPTANCE, unaccepted, {"owner": ACCEPT}),
    (Phase.ACCEPTANCE, costly, {"cio": ANSWER_OWNER, "ciso": ANSWER_OWNER}),
    (Phase.SUSPENDED, suspended, {"owner": STOP, "cio": LIFT, "ciso": LIFT}),
    (Phase.CONTESTED, contested, {"owner": STOP, "cio": AGAIN, "ciso": AGAIN}),
    (Phase.CONFLICT, conflict, {"owner": JOIN}),
    (Phase.ON_HOLD, on_hold, {"owner": STOP, "cio": DECIDE, "ciso": DECIDE}),
    (Phase.WITHDRAWN, withdrawn, {}),
    (Phase.RETIRED, retired, {"cio": ACKNOWLEDGE, "ciso": ACKNOWLEDGE}),
)


def test_the_table_has_every_phase() -> None:
    assert {phase for phase, _, _ in TABLE} == set(Phase)


@pytest.mark.parametrize(("phase", "made", "expected"), TABLE, ids=lambda value: getattr(value, "__name__", None))
def test_each_person_is_led_by_their_own_act(
    site: Site, phase: Phase, made: Callable[[Site], str], expected: Expected
) -> None:
    case = made(site)
    state = site.state(case)
    assert state.phase is phase
    wanted = dict(expected)
    if "either office" in wanted:
        (office,) = state.turn
        wanted = {office: wanted["either office"]}

    found = {role: looks(site, case, who) for role, who in PEOPLE.items()}

    assert {role: act.verb for role, act in found.items()} == {role: wanted.get(role, WAIT) for role in PEOPLE}
    for act in found.values():
        assert words(act.why)[-1] == "."
        assert "…" not in words(act.why)
        assert (act.verb is WAIT) == (words(act.call) == "Nothing for you to do now")
        if act.verb is not WAIT:
            assert act.way is not ActWay.NONE


WAYS = {
    STOP: {ActWay.FILE_AGAIN, ActWay.REVIEW},
    ACCEPT: {ActWay.ACCEPT},
    ANSWER_OWNER: {ActWay.REVIEW},
    FILE: {ActWay.FILE_AGAIN},
    JOIN: {ActWay.FILE_AGAIN},
    DECIDE: {ActWay.REVIEW},
    ANSWER: {ActWay.REVIEW},
    AGAIN: {ActWay.REVIEW},
    LIFT: {ActWay.LIFT},
    COMPLETE: {ActWay.COMPLETE},
    ACKNOWLEDGE: {ActWay.ACKNOWLEDGE},
    WAIT: {ActWay.NONE, ActWay.FILE_AGAIN},
}


@pytest.mark.parametrize("made", [made for _, made, _ in TABLE], ids=lambda made: made.__name__)
def test_nobody_is_led_to_what_they_may_not_do(site: Site, made: Callable[[Site], str]) -> None:
    case = made(site)

    for who in PEOPLE.values():
        act, may = looks(site, case, who), allowed(site.state(case), site.history(), who)
        assert act.way in WAYS[act.verb]
        if act.way is ActWay.FILE_AGAIN:
            assert may.file_again is None
        if act.way is ActWay.REVIEW and act.verb is not STOP:
            assert may.approve is None
        if act.way is ActWay.LIFT:
            assert may.lift is None
        if act.way is ActWay.COMPLETE:
            assert may.complete is None
        if act.way is ActWay.ACCEPT:
            assert may.accept is None
        if act.way is ActWay.ACKNOWLEDGE:
            assert may.ends.acknowledge is None


def test_the_owner_reads_what_was_asked_for(site: Site) -> None:
    act = looks(site, changes(site), "ada")

    assert words(act.call) == "File again"
    assert words(act.why) == "The CISO asks you to change it. Answer by filing it again."
    assert [(item.office, item.person, item.day, item.text) for item in act.asked] == [
        (Office.CISO, "dan", TODAY, "Because")
    ]


def test_the_second_office_reads_what_its_signature_does(site: Site) -> None:
    act = looks(site, countersign(site), "cleo")

    assert words(act.why) == "The CISO approved on 2026-11-22. When you sign the same terms, it is decided."
    assert (act.of, act.until) == (("cio",), CLOCK)


def test_the_office_whose_terms_were_answered_reads_whose_they_are(site: Site) -> None:
    act = looks(site, differ(site), "dan")

    assert words(act.call) == "Answer the terms of the CIO"
    assert words(act.why) == "The CIO signed other terms on 2026-11-22. Sign the same, or propose yours."


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (CLOCK, "It is the turn of the CIO and the CISO, until 2026-12-01."),
        (TODAY - timedelta(1), "It is the turn of the CIO and the CISO, who had until 2026-11-21."),
        (None, "It is the turn of the CIO and the CISO."),
    ],
)
def test_who_has_nothing_to_do_reads_who_is_next_and_until_when(site: Site, clock: date | None, said: str) -> None:
    for who in ("ada", "bob", "eve"):
        act = looks(site, filed(site), who, clock=clock)
        assert (words(act.why), act.of, act.until, act.since) == (said, ("cio", "ciso"), clock, TODAY)


def test_a_suspended_case_tells_each_what_is_theirs(site: Site) -> None:
    case = suspended(site)

    owner, cio, reader = (looks(site, case, who) for who in ("ada", "cleo", "eve"))

    assert words(owner.call) == "Stop it now"
    assert words(owner.why) == (
        "It must not run: the CISO suspended it on 2026-11-22. It may run again when the CIO and the CISO have lifted it; "
        "you can file it again."
    )
    assert words(cio.why) == (
        "Nothing is in force: the CISO suspended it on 2026-11-22. Ada has to stop it. "
        "Only both offices lift it, each suspension by name. Approving again lifts nothing."
    )
    assert words(reader.why) == (
        "Nothing is in force: the CISO suspended it on 2026-11-22. Ada has to stop it. "
        "It is the turn of the CIO and the CISO, until 2026-12-01."
    )


def test_an_expired_case_is_stopped_by_its_owner(site: Site) -> None:
    case = decided(site)
    after = terms().expires + timedelta(1)

    owner, reader = looks(site, case, "ada", after), looks(site, case, "eve", after)

    assert (owner.verb, owner.way) == (STOP, ActWay.FILE_AGAIN)
    assert words(owner.why) == (
        "It must not run: the approval ended on 2027-06-30. To go on, file it again for both offices to sign."
    )
    assert (
        words(reader.why)
        == "Nothing is in force: the approval ended on 2027-06-30. Ada has to stop it. It is nobody’s turn."
    )


def test_an_expired_case_that_is_filed_again_is_still_stopped(site: Site) -> None:
    case = decided(site)
    site.revision(case=case)

    act = looks(site, case, "ada", terms().expires + timedelta(1))

    assert (act.verb, act.way) == (STOP, ActWay.REVIEW)
    assert words(act.why).endswith("It may run again when both offices have signed.")


def test_who_has_a_part_in_it_is_not_asked_to_decide(site: Site) -> None:
    case = site.revision("cleo", owner="cleo").id

    act = looks(site, case, "cleo")

    assert act.verb is WAIT
    assert words(act.why).startswith(
        "You have a part in this use case, so somebody else of your office decides. It is the turn"
    )


def with_conditions(*conditions: Condition) -> Terms:
    return agreed.terms(Stage.PILOT, TABLE_1.boundaries({}), conditions, terms().begins, terms().expires)


def test_a_condition_leads_who_has_to_meet_it_and_is_told_to_the_others(site: Site) -> None:
    due = date(2027, 1, 1)
    case = decided(site, with_conditions(Condition(due, "eve", "Train the users")))

    mine, other = looks(site, case, "eve"), looks(site, case, "ada")
    assert (mine.verb, mine.until, mine.of) == (MEET, due, ("eve",))
    assert words(mine.why) == "“Train the users” is yours to meet, by 2027-01-01."
    assert (other.verb, other.until) == (WAIT, due)
    assert words(other.why) == "Next, Eve has to meet “Train the users”, by 2027-01-01."

    late = due + timedelta(1)
    assert (
        words(looks(site, case, "eve", late).why) == "“Train the users” was yours to meet by 2027-01-01. It is overdue."
    )
    assert words(looks(site, case, "ada", late).why) == (
        "“Train the users” is overdue: Eve was to meet it by 2027-01-01."
    )


def test_an_approval_that_ends_soon_leads_its_owner_and_nobody_else(site: Site) -> None:
    case, soon = decided(site), terms().expires - timedelta(days=20)
    site.clock += timedelta(days=150)
    site.figures(case, 5)

    assert (
        words(looks(site, case, "ada").why)
        == "The approval holds until 2027-06-30. Before it ends, Ada files it again."
    )
    owner, reader = looks(site, case, "ada", soon), looks(site, case, "eve", soon)

    assert (owner.verb, owner.way, owner.until) == (RENEW, ActWay.FILE_AGAIN, terms().expires)
    assert reader.verb is WAIT


def test_the_owner_of_a_pilot_reports_users_and_cost_before_it_has_run_too_long(site: Site) -> None:
    case, due = decided(site), TODAY + timedelta(days=90)
    early, near, late = (looks(site, case, "ada", due + timedelta(days=days)) for days in (-15, -14, 1))

    assert early.verb is WAIT
    assert words(early.why) == "Next, Ada reports how many use it and what it has cost, by 2027-02-20."
    assert (near.verb, near.way, near.until) == (NextVerb.REPORT, ActWay.FIGURES, due)
    assert words(near.why) == "Say how many people use it and what it has cost, by 2027-02-20."
    assert words(late.why).endswith("It was due by 2027-02-20.")
    reader = looks(site, case, "cleo", due + timedelta(days=1))
    assert reader.verb is WAIT
    assert words(reader.why) == (
        "Ada was to report by 2027-02-20 how many use it and what it has cost. That is overdue."
    )


def test_what_is_past_its_limits_leads_its_owner_and_both_offices(site: Site) -> None:
    case = decided(site)
    site.figures(case, 31, "EUR 7")
    over = "Past its limits: 31 people use it (at most 20 may) and it has cost EUR 7 (nothing was to be spent)."
    seen = {name: looks(site, case, name) for name in ("ada", "cleo", "dan", "bob", "eve")}

    assert {name: found.way for name, found in seen.items() if found.verb is NextVerb.SHRINK} == {
        "ada": ActWay.FIGURES,
        "cleo": ActWay.REVIEW,
        "dan": ActWay.REVIEW,
    }
    assert words(seen["ada"].why) == f"{over} Bring it back and report again, or file it again for a larger step."
    assert words(seen["dan"].why) == f"{over} Ada has to bring it back; an office can suspend it meanwhile."
    assert words(seen["eve"].why) == f"{over} Ada has to bring it back inside them."
    assert seen["dan"].of == ("owner", "cio", "ciso")

    site.figures(case, 20)
    assert {looks(site, case, name).verb for name in seen} == {WAIT}


def test_a_case_of_which_nothing_counts_asks_nobody(site: Site) -> None:
    case = site.revision("nobody", owner="ada").id

    assert looks(site, case, "ada").verb is WAIT


def test_what_the_service_completes_leads_also_out_of_turn(site: Site) -> None:
    case = unsealed(site)
    state = site.state(case)
    idle = "cleo" if state.turn == ("ciso",) else "dan"
    viewer = CaseViewer(idle, allowed(state, site.history(), idle), False, {})

    assert next_act(state, viewer, TODAY, None).verb is WAIT
    assert next_act(state, replace(viewer, completes=True), TODAY, None).verb is COMPLETE
