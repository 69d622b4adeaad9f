"""The four lanes, with real threads; every test waits for a signal, never for time."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from ui.jobs import Bug, JobHandle, JobLane, Jobs, JobTask


class TestRefusal(Refusal):
    __test__ = False
    what = "No {thing}."


class Listener(QObject):
    """A screen's stand-in: remembers what it was told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[QThread] = []

    def hear(self, value: object) -> None:
        self.heard.append(value)
        self.threads.append(QThread.currentThread())


def add(task: JobTask, left: int, right: int) -> int:
    return left + right


def test_a_result_arrives_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    listener = Listener()

    handle = jobs.submit(JobLane.REGISTER, add, 2, 3)
    handle.done.connect(listener.hear)
    with qtbot.waitSignal(handle.finished):
        pass

    assert listener.heard == [5]
    assert listener.threads == [listener.thread()]


def test_the_job_itself_does_not_run_on_the_gui_thread(jobs: Jobs, qtbot: QtBot) -> None:
    handle = jobs.submit(JobLane.PAPER, lambda task: threading.current_thread().name)
    with qtbot.waitSignal(handle.done) as blocker:
        pass

    assert blocker.args == ["lane-paper"]


def test_one_lane_keeps_the_order_it_was_given(jobs: Jobs, qtbot: QtBot) -> None:
    order: list[int] = []

    for number in range(50):
        handle = jobs.submit(JobLane.KEYS, lambda task, n: order.append(n), number)
    with qtbot.waitSignal(handle.finished):
        pass

    assert order == list(range(50))


def test_two_lanes_run_at_the_same_time(jobs: Jobs, qtbot: QtBot) -> None:
    meeting = threading.Barrier(2, timeout=20)

    first = jobs.submit(JobLane.REGISTER, lambda task: meeting.wait())
    second = jobs.submit(JobLane.EXCHANGE, lambda task: meeting.wait())
    with qtbot.waitSignals([first.done, second.done]):
        pass

    assert not meeting.broken


def test_a_refusal_keeps_its_class_and_facts(jobs: Jobs, qtbot: QtBot) -> None:
    def refuse(task: JobTask) -> None:
        raise TestRefusal(thing="key")

    handle = jobs.submit(JobLane.KEYS, refuse)
    with qtbot.waitSignal(handle.refused) as blocker:
        pass

    assert isinstance(blocker.args[0], TestRefusal)
    assert blocker.args[0].what_happened == "No key."


def test_a_refusal_nobody_listens_to_reaches_the_shell(jobs: Jobs, qtbot: QtBot) -> None:
    def refuse(task: JobTask) -> None:
        raise TestRefusal(thing="folder")

    with qtbot.waitSignal(jobs.unheard_refusal) as blocker:
        jobs.submit(JobLane.REGISTER, refuse)

    assert isinstance(blocker.args[0], TestRefusal)


def test_a_bug_comes_with_its_story_and_the_lane_lives_on(jobs: Jobs, qtbot: QtBot) -> None:
    def break_down(task: JobTask) -> None:
        raise ZeroDivisionError("on purpose")

    with qtbot.waitSignal(jobs.bug) as blocker:
        jobs.submit(JobLane.REGISTER, break_down)
    after = jobs.submit(JobLane.REGISTER, add, 1, 1)
    with qtbot.waitSignal(after.done) as second:
        pass

    bug = blocker.args[0]
    assert isinstance(bug, Bug)
    assert bug.summary == "ZeroDivisionError: on purpose"
    assert "break_down" in bug.details
    assert second.args == [2]


def test_progress_is_reported_and_the_last_word_arrives(jobs: Jobs, qtbot: QtBot) -> None:
    def count(task: JobTask) -> None:
        for number in range(1, 100_001):
            task.progress(number, 100_000, "acts")

    said: list[tuple[int, int, str]] = []
    handle = jobs.submit(JobLane.PAPER, count)
    handle.progress.connect(lambda done, total, text: said.append((done, total, text)))
    with qtbot.waitSignal(handle.finished):
        pass

    assert said[-1] == (100_000, 100_000, "acts")
    assert len(said) < 100_000


def test_a_running_job_ends_at_its_next_check(jobs: Jobs, qtbot: QtBot) -> None:
    def work_for_ever(task: JobTask) -> None:
        while True:
            task.progress(1, 0, "working")
            task.check()

    handle = jobs.submit(JobLane.EXCHANGE, work_for_ever)
    with qtbot.waitSignal(handle.progress):
        pass
    with qtbot.waitSignal(handle.cancelled):
        handle.cancel()

    assert not handle.signalsBlocked()


def test_a_cancelled_job_that_waits_never_begins(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    begun: list[str] = []

    jobs.submit(JobLane.REGISTER, lambda task: gate.wait(20))
    waiting = jobs.submit(JobLane.REGISTER, lambda task: begun.append("begun"))
    waiting.cancel()
    with qtbot.waitSignal(waiting.cancelled):
        gate.set()

    assert begun == []


def test_nothing_is_delivered_once_the_owner_is_gone(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    listener = Listener()
    owner = QObject()

    handle = jobs.submit(JobLane.REGISTER, lambda task: gate.wait(20), owner=owner)
    handle.done.connect(listener.hear)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    after = jobs.submit(JobLane.REGISTER, add, 1, 1)
    with qtbot.waitSignal(after.done):
        gate.set()

    assert listener.heard == []


def test_an_owner_may_go_after_the_lanes_are_shut_down(jobs: Jobs, qtbot: QtBot) -> None:
    """Of the handle only its Qt object may be left by then, as a child of the lanes."""
    owner = QObject()
    handle = jobs.submit(JobLane.REGISTER, add, 1, 1, owner=owner)
    jobs.shutdown()
    # As the collector does with a handle that was in a cycle.
    handle.__dict__.clear()

    owner.deleteLater()
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(owner.destroyed):
        pass

    assert raised == []


def test_a_deleted_receiver_is_not_called(jobs: Jobs, qtbot: QtBot) -> None:
    gate = threading.Event()
    listener = Listener()
    heard = listener.heard

    handle = jobs.submit(JobLane.REGISTER, lambda task: gate.wait(20))
    handle.done.connect(listener.hear)
    listener.deleteLater()
    with qtbot.waitSignal(listener.destroyed):
        pass
    with qtbot.waitSignal(handle.finished):
        gate.set()

    assert heard == []


def test_handles_are_freed_after_their_end(jobs: Jobs, qtbot: QtBot) -> None:
    handle = jobs.submit(JobLane.REGISTER, add, 1, 1)
    with qtbot.waitSignal(handle.destroyed):
        pass

    assert jobs.findChildren(JobHandle) == []
    assert not jobs.busy


def test_shutdown_waits_for_what_runs_and_delivers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    jobs = Jobs()
    begun = threading.Event()
    file = tmp_path / "written"
    listener = Listener()

    def write(task: JobTask) -> None:
        begun.set()
        while not task.cancelled:
            pass
        file.write_text("whole")

    handle = jobs.submit(JobLane.REGISTER, write)
    handle.done.connect(listener.hear)
    begun.wait(20)
    jobs.shutdown()

    assert file.read_text() == "whole"
    assert listener.heard == []


def test_warm_up_imports_in_the_background(jobs: Jobs, qtbot: QtBot) -> None:
    with qtbot.waitSignal(jobs.warmed):
        handle = jobs.warm_up(JobLane.REGISTER, ["json.tool"])

    assert handle is not None


def test_garbage_is_never_collected_on_a_worker(jobs: Jobs, qtbot: QtBot) -> None:
    # A worker that collects destroys widgets left in a cycle on the wrong thread: a segmentation fault.
    threads: list[str] = []

    def note(phase: str, _: dict[str, int]) -> None:
        if phase == "start":
            threads.append(threading.current_thread().name)

    def litter(task: JobTask) -> None:
        for _ in range(50_000):
            cycle: list[object] = []
            cycle.append(cycle)

    gc.callbacks.append(note)
    try:
        handle = jobs.submit(JobLane.REGISTER, litter)
        with qtbot.waitSignal(handle.finished):
            pass
        qtbot.waitUntil(lambda: bool(threads))
    finally:
        gc.callbacks.remove(note)

    assert set(threads) == {threading.main_thread().name}


def test_the_collector_is_given_back_at_the_end(qtbot: QtBot) -> None:
    gc.enable()
    jobs = Jobs()
    during = gc.isenabled()
    jobs.shutdown()

    assert not during
    assert gc.isenabled()
