"""Two real processes on one home that begin in the same moment: one record, one use case, and never a fork."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.domain.case.fold import CaseState
from intake.domain.case.phases import RecordState
from intake.services.filing import filing
from tests.filled import filled
from tests.services.offices import Offices, fill

ROOT = Path(__file__).parents[2]


def race(folder: Path, name: str, *whats: str) -> list[str]:
    """Start a program for each of ``whats``, let them go at once, and give what each met."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.services.racing", what, str(folder), name],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for what in whats
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate()[0].strip() for process in running]


def looked_at(offices: Offices, name: str, case: str) -> CaseState:
    offices.open(name)
    state = offices.installations[name].state(case)
    assert state.forks == ()
    assert offices.installations[name].register.rebuild(check=True).identical
    return state


@pytest.mark.exhaustive
@pytest.mark.attack("approve typed twice at the same moment", refusal="CaseMoved or AlreadyApproved: one seal, no fork")
@pytest.mark.parametrize("beside", ["approve", "comment"])
def test_two_commands_at_once_make_one_opinion_and_one_seal(offices: Offices, tmp_path: Path, beside: str) -> None:
    cases = [offices.file() for _ in range(4)]
    offices.travel("ada", "cleo")
    for case in cases:
        offices.decide("cleo", case)
    offices.travel("cleo", "dan")
    offices.installations["dan"].register.close()

    for case in cases:
        met = race(tmp_path / "dan", case, "approve", beside)

        state = looked_at(offices, "dan", case)
        opinions = [
            event.act.seq for event in state.events if event.act.kind == "opinion" and event.act.person == "dan"
        ]
        if beside == "approve":
            assert met.count("done") == 1
            assert set(met) <= {"done", "CaseMoved", "AlreadyApproved"}
        else:
            assert met[1] == "done"
            assert met[0] in ("done", "CaseMoved")
        assert len(opinions) == (met[0] == "done" or beside == "approve")
        if opinions:
            assert state.decision is not None
            assert state.decision.record_state is RecordState.SEALED
            assert [event.act.kind for event in state.events].count("sealed") == 1
        offices.installations["dan"].register.close()


@pytest.mark.exhaustive
@pytest.mark.attack("file typed twice at the same moment", refusal="NoSuchDraft: one use case")
def test_two_commands_at_once_file_one_use_case(offices: Offices, tmp_path: Path) -> None:
    ada = offices.installations["ada"]
    drafts = [filing.start(ada, "ada") for _ in range(3)]
    for draft in drafts:
        fill(ada, draft, filled(ada.shelf.current))
    ada.register.close()

    met = [sorted(race(tmp_path / "ada", draft, "file", "file")) for draft in drafts]

    assert met == [["NoSuchDraft", "done"]] * 3
    offices.open("ada")
    assert offices.installations["ada"].register.queries.counts().total == 3


@pytest.mark.exhaustive
def test_comments_of_four_commands_at_once_are_all_kept(offices: Offices, tmp_path: Path) -> None:
    case = offices.file()
    offices.installations["ada"].register.close()

    met = race(tmp_path / "ada", case, *["comment"] * 4)

    assert met == ["done"] * 4
    seqs = [event.act.seq for event in looked_at(offices, "ada", case).events]
    assert len(set(seqs)) == len(seqs) == 5
