"""The sample organisation: every state is there, and all of it is made of real acts that anybody can check."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

import resources
from intake.domain.acts.kinds import CHECKPOINT, KINDS
from intake.domain.acts.kinds.comment import CommentBody
from intake.domain.case.fold import CaseState
from intake.domain.case.phases import Outcome, Phase, RecordState
from intake.domain.case.status import status
from intake.domain.organisation.roster import Role
from intake.records.proof.verdict import Indication
from intake.register.refusals import RegisterRefusal
from intake.sample.building import SampleStopped, build_sample
from intake.sample.content import read_content
from intake.services.deciding.records_at_hand import NoRecord, record_of
from intake.services.filing import filing
from intake.services.installation.workspace import Workspace, open_installation
from intake.services.lists import home
from intake.services.proving import verifying
from tests.once import made_once

pytestmark = pytest.mark.exhaustive

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def clock() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    def build(root):
        return build_sample(root, read=resources.read, names=resources.names, clock=clock)

    made = made_once("sample", lambda root: build(root / "sample"))
    copy = tmp_path_factory.mktemp("sample") / "copy"
    shutil.copytree(made / "sample", copy)
    # Built in full where nobody asked before; a whole one is used again.
    return build(copy)


@pytest.fixture(scope="module")
def content():
    return read_content(resources.read, resources.names, today=NOW.date())


def test_every_roster_of_the_sample_is_covered_by_its_records_team(sample):
    made = opened(sample.installation)
    rosters = made.rosters
    made.register.close()

    assert len(rosters.chain) > 1
    assert rosters.uncovered == ()
    assert rosters.late == {}


def test_planned_days_move_with_today(content):
    later = read_content(resources.read, resources.names, today=NOW.date() + timedelta(days=400))

    def days(told):
        planned = [
            (case.id, name, case.answers.get(name)) for case in told.cases for name in ("purpose.start", "purpose.end")
        ]
        return {
            (case, name): date.fromisoformat(answer.value) for case, name, answer in planned if answer and answer.value
        }

    assert len(days(content)) > 60
    assert {(moved - days(content)[key]).days for key, moved in days(later).items()} == {400}


def opened(root):
    return open_installation(Workspace(root), resources.read, resources.names, clock=clock)


@pytest.fixture(scope="module")
def installation(sample):
    made = opened(sample.installation)
    yield made
    made.register.close()


@pytest.fixture(scope="module")
def states(installation, content) -> dict[str, CaseState]:
    """The state of every filed case, by its name in the content."""
    titles = {row.title: row.case for row in installation.register.queries.page(limit=200).rows}
    return {case.id: installation.state(titles[case.inventory]) for case in content.cases if case.inventory in titles}


# ----------------------------------------------------------------------------------------------- what is in it
def test_about_forty_cases_cover_every_tier_and_every_phase(installation):
    rows = installation.register.queries.page(limit=200).rows

    assert 38 <= len(rows) <= 45
    assert {row.tier for row in rows} == {"minimal", "limited", "high", "prohibited"}
    assert {row.phase for row in rows} == {phase.value for phase in Phase}
    assert {row.stage for row in rows} == {"idea", "pilot", "scaled"}


def test_no_case_is_there_twice(installation, content):
    rows = installation.register.queries.page(limit=200).rows

    assert not [title for title, count in Counter(row.title for row in rows).items() if count > 1]
    assert not [name for name, count in Counter(case.id for case in content.cases).items() if count > 1]


@pytest.mark.parametrize(
    ("name", "phase", "turn"),
    [
        ("rangeland", Phase.REVIEW, {"cio", "ciso"}),
        ("test-faq", Phase.COUNTERSIGN, {"cio"}),
        ("market-reports", Phase.COUNTERSIGN, {"ciso"}),
        ("emission-chat", Phase.TERMS_DIFFER, {"cio"}),
        ("delays", Phase.TERMS_DIFFER, {"ciso"}),
        ("hiv-grants", Phase.CHANGES_REQUESTED, {"owner"}),
        ("interior-gpt", Phase.REVIEW, {"cio", "ciso"}),
        ("phishing", Phase.COUNTERSIGN, {"cio"}),
        ("copilot", Phase.CHANGES_REQUESTED, {"owner"}),
        ("city-pairs", Phase.REVIEW, {"cio", "ciso"}),
        ("terrain", Phase.DECIDED, set()),
        ("public-comments", Phase.DECIDED, set()),
        ("lending", Phase.ACCEPTANCE, {"owner"}),
        ("attrition", Phase.DECLINED, set()),
        ("cameras", Phase.DECLINED, set()),
        ("narratives", Phase.WITHDRAWN, set()),
        ("census-search", Phase.CONTESTED, {"cio", "ciso"}),
        ("interviews", Phase.CONFLICT, {"owner"}),
        ("anomalies", Phase.SUSPENDED, {"cio", "ciso"}),
        ("foia", Phase.ON_HOLD, {"cio", "ciso"}),
    ],
)
def test_a_case_stands_where_its_story_left_it(states, name, phase, turn):
    assert states[name].phase is phase
    assert set(states[name].turn) == turn


def test_a_new_revision_makes_what_was_said_on_the_old_one_outdated(states):
    state = states["interior-gpt"]

    assert [revision.number for revision in state.revisions] == [1, 2]
    assert not any(state.positions.values())


def test_a_pilot_goes_on_while_its_scale_up_is_looked_at(states):
    for name in ("city-pairs", "copilot"):
        in_force = states[name].in_force

        assert in_force is not None
        assert in_force.terms is not None
        assert in_force.terms.stage == "pilot"
        assert status(states[name], NOW.date()).may_run


def test_both_signed_first_leaves_one_record_open_and_one_completed(states):
    assert states["tickets"].decision.record_state is RecordState.OPEN
    assert len(states["tickets"].turn) == 1
    assert states["subledger"].decision.record_state is RecordState.SEALED


def test_one_approval_has_ended_and_some_conditions_are_overdue(states):
    assert status(states["occupations"], NOW.date()).expired
    assert [item.owner for item in status(states["benefit-forms"], NOW.date()).overdue] == ["mei-ling.chow"]
    assert status(states["purchase-orders"], NOW.date()).overdue


def test_a_revision_waits_for_a_file_that_never_came(states, installation):
    state = states["interconnection"]
    (missing,) = state.missing

    assert installation.register.queries.blob(missing) is None
    assert [revision.number for revision in state.revisions] == [1]


def test_an_act_of_an_unknown_kind_blocks_approvals(states):
    (blocker,) = states["landing-systems"].blocked

    assert states["landing-systems"].event(blocker[0]).act.kind not in KINDS


def test_a_prohibited_case_was_declined_by_both(states, installation):
    state = states["cameras"]
    _, assessment = installation.assessed(state.current)

    assert assessment.tier.value == "prohibited"
    assert state.decision.outcome is Outcome.DECLINED
    assert len(state.decision.opinions) == 2


def test_people_talk_to_each_other(states):
    comments = [event for state in states.values() for event in state.events if isinstance(event.body, CommentBody)]

    assert len(comments) >= 15
    assert len({event.act.person for event in comments}) >= 6


def test_what_people_do_not_know_is_said(states):
    unknown = [
        name for state in states.values() for name, said in state.current.body.answers.items() if "unknown" in said
    ]

    assert len(unknown) >= 8


# ------------------------------------------------------------------------------------------------ the people
def test_the_roster_has_a_history(installation):
    rosters = installation.rosters
    former = rosters.newest.person("marguerite.lefevre")

    assert rosters.newest.version == 3
    assert [grant.period.open for grant in former.grants] == [False]
    assert [person.id for person in rosters.newest.holders(Role.CISO)] == ["daniel.whitcombe"]
    assert len(rosters.newest.administrators) == 2


def test_what_the_former_ciso_approved_stands(states, installation):
    signers = {states["streamflow"].event(name).act.person for name in states["streamflow"].decision.opinions}

    assert signers == {"priya.raman", "marguerite.lefevre"}
    assert states["streamflow"].phase is Phase.DECIDED


def test_somebody_asks_to_be_listed_and_one_act_waits_for_its_roster(installation, sample):
    waiting = [item.act for item in installation.register.queries.waiting_room()]

    assert sorted(act.kind for act in waiting) == ["comment", "enrol"]
    assert {act.person for act in waiting} == {"aiko.lindqvist"}


def test_every_installation_is_listed_and_marked_as_sample(sample):
    for person, root in sample.people.items():
        settings = Workspace(root).settings()
        made = opened(root)
        me = home.me(made, person, settings.key)
        made.register.close()

        assert settings.sample
        assert settings.person == person
        assert me.listed
        assert me.organisation.startswith("Sample: ")


def test_the_known_passphrase_opens_every_key(sample):
    for person, root in sample.people.items():
        workspace = Workspace(root)

        signer = workspace.signer(person, workspace.settings().key, sample.passphrase)

        assert signer.key.fingerprint == workspace.settings().key


def test_the_first_installation_has_something_on_every_list(installation, sample):
    needs = home.needs(installation, sample.person, Workspace(sample.installation).settings().key)

    assert needs.todo.count >= 10
    assert needs.drafts
    assert needs.quarantined == 1
    assert needs.me.known_on == max(
        act.at for act in installation.register.queries.acts("") if act.kind == CHECKPOINT.name
    )


def test_the_owner_has_drafts_of_every_sort(sample):
    made = opened(sample.people["olivia.grant"])
    views = [filing.view(made, row.id) for row in made.register.drafts.listed()]
    made.register.close()

    assert len(views) == 4
    assert any(not view.guide.problems for view in views)
    assert any(problem.fault == "too small" for view in views for problem in view.guide.problems)
    assert any(problem.fault == "check this" for view in views for problem in view.guide.problems)
    assert any(task.status == "not started" for view in views for task in view.guide.tasks)


# ------------------------------------------------------------------------------------------------ it is real
def test_every_act_verifies_again(installation):
    assert list(installation.register.audit()) == []
    assert installation.register.queries.page(limit=200).rows


def test_folding_again_gives_the_same_rows(installation):
    assert installation.register.rebuild(check=True).identical


@pytest.mark.exhaustive
def test_every_record_verifies(states, installation):
    passed = []
    for name, state in states.items():
        try:
            _, pdf = record_of(installation, state.case)
        except NoRecord:
            continue
        verdict = verifying.verify(installation, pdf)
        decision = state.decision or state.in_force
        if decision and decision.record_state is RecordState.SEALED:
            assert verdict.indication is Indication.PASSED, (name, verdict.sentence)
            passed.append(name)
        else:
            assert verdict.indication is not Indication.FAILED, (name, verdict.sentence)

    assert len(passed) >= 15


def test_everything_happened_in_the_nine_months_before(installation, states):
    times = [event.act.at for state in states.values() for event in state.events]

    assert max(times) < NOW
    assert NOW - min(times) > timedelta(days=250)
    assert NOW - max(times) < timedelta(days=3)
    assert not [odd for state in states.values() for odd in status(state, NOW.date()).odd]


def test_titles_and_units_are_those_of_the_inventory(content):
    extract = csv.DictReader(io.StringIO(resources.read("sample/inventory.csv").decode()))
    known = {(row["Use Case Name"], row["Agency"]) for row in extract}

    assert {(case.inventory, case.unit) for case in content.cases} == known


# ------------------------------------------------------------------------------------------- made once, or again
def test_a_whole_sample_is_used_again(sample):
    before = (sample.root / "sample.json").stat().st_mtime_ns

    again = build_sample(sample.root, read=resources.read, names=resources.names, clock=clock)

    assert again == sample
    assert (sample.root / "sample.json").stat().st_mtime_ns == before


def test_stopping_leaves_nothing_behind(tmp_path):
    count = iter(range(100))

    with pytest.raises(SampleStopped):
        build_sample(
            tmp_path, read=resources.read, names=resources.names, clock=clock, cancelled=lambda: next(count) > 5
        )

    assert list(tmp_path.iterdir()) == []


def test_half_a_sample_is_not_taken_for_a_whole_one(tmp_path):
    (tmp_path / "installations" / "daniel.whitcombe").mkdir(parents=True)
    (tmp_path / "sample.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(SampleStopped):
        build_sample(tmp_path, read=resources.read, names=resources.names, clock=clock, cancelled=lambda: True)

    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unfit_place_is_refused_in_words(tmp_path):
    (tmp_path / ".stfolder").mkdir()

    with pytest.raises(RegisterRefusal):
        build_sample(tmp_path, read=resources.read, names=resources.names, clock=clock)


def test_a_remark_was_answered_and_resolved_and_others_are_open(sample, states) -> None:
    threads = [thread for state in states.values() for thread in state.threads]

    assert any(thread.answers and not thread.open for thread in threads)
    assert sum(thread.open for thread in threads) >= 10
