"""Killing real processes with -9 while they sign, store and answer: nothing said to be done is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.register.drafts import Drafts
from intake.services import filing
from tests.services.offices import Offices

ROOT = Path(__file__).parents[2]
ROUNDS = 4


def _killed(what: str, folder: Path, name: str, *, after: int) -> list[str]:
    """Run the program until it has reported ``after`` steps, kill it, and give everything it had reported."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.services.killed", what, str(folder), name],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        reported = [process.stdout.readline().strip() for _ in range(after)]
        process.send_signal(signal.SIGKILL)
        # What it wrote between our last look and its end was said to be done as well.
        reported += [line.strip() for line in process.stdout if line.endswith("\n")]
    assert process.returncode == -signal.SIGKILL
    return [line for line in reported if line]


@pytest.mark.exhaustive
def test_no_act_is_lost_and_no_number_is_signed_twice(offices: Offices, tmp_path: Path) -> None:
    case = offices.file()
    offices.desks["ada"].register.close()

    reported = [act for round_ in range(ROUNDS) for act in _killed("comment", tmp_path / "ada", case, after=2 + round_)]

    offices.open("ada")
    state = offices.desks["ada"].state(case)
    stored = {event.act.id for event in state.events}
    assert set(reported) <= stored
    assert state.forks == ()
    assert len({event.act.seq for event in state.events}) == len(state.events)
    assert offices.desks["ada"].register.rebuild(check=True).identical


@pytest.mark.parametrize("after", [1, 3])
def test_no_answer_is_lost(offices: Offices, tmp_path: Path, after: int) -> None:
    draft = filing.start(offices.desks["ada"], "ada")
    offices.desks["ada"].register.close()

    reported = _killed("answer", tmp_path / "ada", draft, after=after)

    offices.open("ada")
    answers = filing.view(offices.desks["ada"], draft).guide.answers
    (kept,) = (str(answer.value) for answer in answers.values())
    assert int(kept.split()[1]) >= int(reported[-1].split()[1])


def test_a_request_that_was_stored_is_not_offered_as_a_draft_again(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        # The program ends exactly between storing the revision and removing the draft.
        patch.setattr(Drafts, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            offices.file()
    offices.desks["ada"].register.close()

    offices.open("ada")

    assert offices.desks["ada"].register.drafts.listed() == ()
    assert offices.desks["ada"].register.queries.counts().total == 1
