"""Killing real processes with -9 while they sign, store and answer: nothing said to be done is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from intake.domain.case.phases import RecordState
from intake.domain.guide.choosing import ChoiceState
from intake.register.own import Own
from intake.register.register import Register
from intake.services.deciding import reviewing, unsigned
from intake.services.deciding.standing import AlreadyApproved
from intake.services.filing import filing
from intake.services.filing.revising import revising
from intake.services.installation.act_writer import ActWriter
from intake.trust.acts import VerifiedAct
from tests.services.competing import DPIA, ONE, OTHER, PERSONAL, PROBLEM, compete
from tests.services.offices import Offices

pytestmark = pytest.mark.disk

ROOT = Path(__file__).parents[2]
ROUNDS = 4


def _killed(what: str, folder: Path, name: str, *, after: int, wait: float = 0) -> list[str]:
    """Run the program until it has reported ``after`` steps, kill it ``wait`` seconds later, and give all it reported."""
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
        with suppress(subprocess.TimeoutExpired):
            process.wait(wait)
        process.send_signal(signal.SIGKILL)
        # What it wrote between our last look and its end was said to be done as well.
        reported += [line.strip() for line in process.stdout if line.endswith("\n")]
    assert process.returncode in (0, -signal.SIGKILL)
    return [line for line in reported if line]


@pytest.mark.exhaustive
def test_no_act_is_lost_and_no_number_is_signed_twice(offices: Offices, tmp_path: Path) -> None:
    case = offices.file()
    offices.installations["ada"].register.close()

    reported = [act for round_ in range(ROUNDS) for act in _killed("comment", tmp_path / "ada", case, after=2 + round_)]

    offices.open("ada")
    state = offices.installations["ada"].state(case)
    stored = {event.act.id for event in state.events}
    assert set(reported) <= stored
    assert state.forks == ()
    assert len({event.act.seq for event in state.events}) == len(state.events)
    assert offices.installations["ada"].register.rebuild(check=True).identical


@pytest.mark.parametrize("after", [1, 3])
@pytest.mark.exhaustive
def test_no_answer_is_lost(offices: Offices, tmp_path: Path, after: int) -> None:
    draft = filing.start(offices.installations["ada"], "ada")
    offices.installations["ada"].register.close()

    reported = _killed("answer", tmp_path / "ada", draft, after=after)

    offices.open("ada")
    answers = filing.view(offices.installations["ada"], draft).guide.answers
    (kept,) = (str(answer.value) for answer in answers.values())
    assert int(kept.split()[1]) >= int(reported[-1].split()[1])


@pytest.mark.attack("the program killed while answers are chosen", refusal="the choice is there, whole")
@pytest.mark.parametrize("after", [1, 4])
@pytest.mark.exhaustive
def test_a_choice_between_revisions_is_there_whole(offices: Offices, tmp_path: Path, after: int) -> None:
    at = compete(offices, {PROBLEM: ONE}, {PROBLEM: OTHER, PERSONAL: "ordinary", DPIA: "unneeded"})
    draft = filing.start(offices.installations["ada"], "ada", case=at.case)
    offices.installations["ada"].register.close()

    _killed("choose", tmp_path / "ada", draft, after=after)

    offices.open("ada")
    ada = offices.installations["ada"]
    found = revising(ada, at.case).choices(filing.view(ada, draft).guide)
    assert ChoiceState.OPEN not in {choice.state for choice in found}
    assert len({choice.side for choice in found}) == 1  # all of one, never some of each


@pytest.mark.attack("the program killed while terms are edited", refusal="every change is there again")
@pytest.mark.parametrize("after", [1, 3])
@pytest.mark.exhaustive
def test_no_change_of_terms_is_lost(offices: Offices, tmp_path: Path, after: int) -> None:
    case = offices.file()
    offices.travel("ada", "dan")
    offices.installations["dan"].register.close()

    reported = _killed("edit", tmp_path / "dan", case, after=after)

    offices.open("dan")
    kept = unsigned.read(offices.installations["dan"], "dan", case)
    users = kept.edits.limits["user_permissions.max_users"]
    assert isinstance(users, int)
    assert users >= int(reported[-1].split()[1])
    assert kept.changes == 1


@pytest.mark.attack("killed while approving, and run again", refusal="AlreadyApproved: no second opinion")
@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.exhaustive
def test_approving_again_after_an_interruption_makes_no_second_opinion(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, stored: bool
) -> None:
    """The program ends just before, or just after, what it signed is stored; the person does not know which."""
    case = offices.file()
    offices.travel("ada", "dan")
    real = ActWriter.store

    def stop(writer: ActWriter, *given: Any, **more: Any) -> None:
        if stored:
            real(writer, *given, **more)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ActWriter, "store", stop)
        with pytest.raises(KeyboardInterrupt):
            offices.decide("dan", case)
    offices.installations["dan"].register.close()
    offices.open("dan")

    if stored:
        with pytest.raises(AlreadyApproved):
            offices.decide("dan", case)
    else:
        offices.decide("dan", case)

    state = offices.installations["dan"].state(case)
    assert [event.act.kind for event in state.events] == ["revision", "opinion"]
    assert state.forks == ()


@pytest.mark.exhaustive
@pytest.mark.attack("both offices killed again and again while approving", refusal="one opinion each, and one record")
def test_killed_at_any_moment_each_office_speaks_once(offices: Offices, tmp_path: Path) -> None:
    cases = [offices.file() for _ in range(4)]
    for name in ("dan", "cleo"):
        offices.travel("ada" if name == "dan" else "dan", name)
        offices.installations[name].register.close()
        reported: list[str] = []
        for number in range(2 * len(cases)):
            # A little later each time, so that signing, storing and folding are all met.
            said = _killed("approve", tmp_path / name, ",".join(cases), after=1, wait=0.2 * number)
            reported += [line for line in said if line not in ("ready", "already")]
        offices.open(name)
        stored = {event.act.id for case in cases for event in offices.installations[name].state(case).events}
        assert set(reported) <= stored
        for case in cases:
            with suppress(AlreadyApproved):
                offices.decide(name, case, given=reviewing.look(offices.installations[name], case, name).proposal)

    for case in cases:
        kinds = Counter(event.act.kind for event in offices.installations["cleo"].state(case).events)
        decision = offices.installations["cleo"].state(case).decision
        assert kinds == {"revision": 1, "opinion": 2, "sealed": 1}
        assert decision is not None
        assert decision.record_state is RecordState.SEALED


@pytest.mark.parametrize("stored", [False, True])
def test_a_request_is_a_draft_until_it_is_stored_and_never_both(
    offices: Offices, monkeypatch: pytest.MonkeyPatch, stored: bool
) -> None:
    """The program ends just before, or just after, the one step that stores the revision and removes the draft."""
    real = Register.append

    def stop(register: Register, acts: Iterable[VerifiedAct], blobs: Mapping[str, bytes], *, own: Own) -> None:
        if stored:
            real(register, acts, blobs, own=own)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Register, "append", stop)
        with pytest.raises(KeyboardInterrupt):
            offices.file()
    offices.installations["ada"].register.close()

    offices.open("ada")

    assert len(offices.installations["ada"].register.drafts.listed()) == (not stored)
    assert offices.installations["ada"].register.queries.counts().total == stored
