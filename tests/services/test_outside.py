"""Workers for files from outside: kept and used again, limited in time and memory, and never missed when they die."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from intake.records.proof.verdict import VerifierKnowledge
from intake.services.outside import protocol, worker
from intake.services.outside.limits import WorkerLimits
from intake.services.outside.pool import FOR_MANY, Pool
from intake.services.outside.process import Allowed
from intake.services.outside.refusals import (
    AnswerUnusable,
    ReaderNotStarted,
    ReaderStopped,
    ReadingCancelled,
    ReadingFailed,
    TookTooLong,
    TookTooMuchMemory,
)
from intake.services.outside.worker import WORD
from intake.services.proving import judge, tasks
from intake.services.proving.judged import FileSort
from tests.services import outside_tasks as asked

TASKS = "tests.services.outside_tasks"
MEBIBYTE = 1 << 20

MakePool = Callable[..., Pool]


def children() -> set[int]:
    """The ids of the processes this one has started, zombies among them."""
    found = (path.read_text().split() for path in Path("/proc/self/task").glob("*/children"))
    return {int(item) for items in found for item in items}


@pytest.fixture
def make() -> Iterator[MakePool]:
    """Makes pools; closes them and sees that no process is left behind."""
    before = children()
    made: list[Pool] = []

    def pool(count: int = 1, **limits) -> Pool:
        used = limits.pop("used", lambda _: None)
        made.append(Pool(count, WorkerLimits(**limits), tasks=TASKS, used=used))
        return made[-1]

    yield pool
    for item in made:
        item.close()
    assert children() <= before


def ask(pool: Pool, task, *given, cancelled=lambda: False):
    with pool.one_file(cancelled) as file:
        return file.ask(task, *given)


# ---------------------------------------------------------------------------------------------------- kept and used
def test_nothing_is_started_before_the_first_question(make):
    pool = make()

    assert pool.workers[0].pid is None
    assert ask(pool, asked.pid) == pool.workers[0].pid != os.getpid()


def test_the_frozen_program_looks_for_the_word_that_makes_it_a_worker():
    starter = (Path(__file__).parents[2] / "build.spec").read_text(encoding="utf-8")

    # Before anything else is imported: a window program must not open a second window.
    assert f'if sys.argv[1:2] == ["{WORD}"]:\n    from {worker.__name__} import main\nelif' in starter


def test_one_process_reads_file_after_file(make):
    pool = make()

    assert len({ask(pool, asked.pid) for _ in range(20)}) == 1


def test_many_files_have_two_processes_and_no_more(make):
    pool = make(FOR_MANY)

    def answer(_: int) -> int:
        with pool.one_file() as file:
            file.ask(asked.sleep, 0.02)
            return file.ask(asked.pid)

    found = pool.each(answer, range(30))

    assert len(found) == 30
    assert len(set(found)) == FOR_MANY


def test_bytes_come_back_as_they_went(make):
    data = os.urandom(3 * MEBIBYTE)

    assert ask(make(), asked.echo, data) == data


def test_what_a_library_prints_does_not_get_between_the_answers(make):
    pool = make()

    assert [ask(pool, asked.chatter) for _ in range(3)] == [7, 7, 7]


# ------------------------------------------------------------------------------------------------------- the limits
@pytest.mark.attack("a file that keeps its reader busy for ever", refusal="UNREADABLE: TookTooLong")
@pytest.mark.parametrize(("task", "given"), [(asked.sleep, (60.0,)), (asked.spin, ())])
@pytest.mark.exhaustive
def test_a_file_that_takes_too_long_is_given_up(make, task, given):
    pool = make()
    first = ask(pool, asked.pid)

    pool.limits = WorkerLimits(seconds=0.5)
    with pytest.raises(TookTooLong, match="took more than"):
        ask(pool, task, *given)

    pool.limits = WorkerLimits()
    assert ask(pool, asked.pid) != first


def test_all_questions_about_one_file_share_its_time(make):
    pool = make()
    ask(pool, asked.pid)

    with pool.one_file() as file:
        first = file._time
        assert file.ask(asked.chatter) == file.ask(asked.chatter) == 7
        assert file._time == first
        # Its time is over, for any question about it.
        file._time = Allowed(1, 0)
        with pytest.raises(TookTooLong):
            file.ask(asked.sleep, 60.0)

    # Another file begins with all of it.
    with pool.one_file() as file:
        assert file._time > first
        assert file.ask(asked.chatter) == 7


def test_a_large_package_has_more_time(make, tmp_path):
    pool = make(seconds=60)
    package = tmp_path / "large.countersign"
    package.touch()
    os.truncate(package, 90 * MEBIBYTE)

    with pool.one_file(more=judge._more(judge.File(FileSort.PACKAGE, package))) as file:
        assert file._time.seconds == 150
    with pool.one_file(more=judge._more(judge.File(FileSort.RECORD, package))) as file:
        assert file._time.seconds == 60


@pytest.mark.attack("a small file that unpacks into gigabytes", refusal="UNREADABLE: TookTooMuchMemory")
def test_a_file_that_needs_too_much_memory_is_given_up(make):
    pool = make()
    first = ask(pool, asked.take, 200 * MEBIBYTE), ask(pool, asked.pid)

    with pytest.raises(TookTooMuchMemory, match="more memory than 512 MB"):
        ask(pool, asked.take, 600 * MEBIBYTE)

    assert first[0] == 200 * MEBIBYTE
    assert ask(pool, asked.pid) != first[1]


@pytest.mark.exhaustive
def test_the_limit_stands_when_every_library_is_loaded(make):
    """Address space of the libraries counts too: a record of the largest size has to fit beside them."""
    pool = make()

    with pool.one_file() as file:
        # Each imports what it needs before it finds that this is no PDF.
        with suppress(ReadingFailed):
            file.ask(tasks.judge_record, b"%PDF-1.7 nothing", VerifierKnowledge())
        with suppress(ReadingFailed):
            file.ask(tasks.pages, b"%PDF-1.7 nothing")
        assert file.ask(asked.take, 250 * MEBIBYTE)


def test_where_the_kernel_sets_no_limit_the_parent_looks(make):
    """As on Windows and macOS, with a reading that is given."""
    looked: list[int] = []

    def used(process: int) -> int:
        looked.append(process)
        return 700 * MEBIBYTE if len(looked) > 3 else 100 * MEBIBYTE

    pool = make(used=used)

    with pytest.raises(TookTooMuchMemory):
        ask(pool, asked.sleep, 60.0)

    assert set(looked) != {os.getpid()}
    assert len(set(looked)) == 1


# ---------------------------------------------------------------------------------------------------- when it dies
@pytest.mark.attack("a file that makes its reader crash", refusal="UNREADABLE: ReaderStopped")
@pytest.mark.parametrize(
    ("task", "given", "said"),
    [
        (asked.die, signal.SIGKILL, "signal 9, SIGKILL"),
        (asked.die, signal.SIGSEGV, "signal 11, SIGSEGV"),
        (asked.leave, 3, "exit code 3"),
        (asked.leave, 0, "exit code 0"),
    ],
)
def test_a_worker_that_dies_costs_one_file(make, task, given, said):
    pool = make()

    with pytest.raises(ReaderStopped, match=said):
        ask(pool, task, int(given))

    assert ask(pool, asked.chatter) == 7


def test_a_worker_that_died_between_two_files_costs_none(make):
    pool = make()
    os.kill(ask(pool, asked.pid), signal.SIGKILL)
    pool.workers[0]._process.wait()

    assert ask(pool, asked.chatter) == 7


def test_a_reader_that_cannot_be_started_is_told_file_by_file(make, monkeypatch, tmp_path):
    pool = make()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    pool.start()

    with pytest.raises(ReaderNotStarted, match="could not be started") as caught:
        ask(pool, asked.pid)

    # It is the computer that failed, and nothing is said about the file.
    assert "No such file" in caught.value.what_happened
    assert "try again" in caught.value.next_step
    assert "rely" not in str(caught.value)

    monkeypatch.undo()
    assert ask(pool, asked.chatter) == 7


@pytest.mark.attack("a module of a usual name beside the file", refusal="it is not imported")
def test_a_program_beside_the_file_is_not_imported(make, monkeypatch, tmp_path):
    """As in a folder of downloads, where somebody put a module of a usual name beside the record."""
    for name in ("json", "intake", "pikepdf"):
        (tmp_path / f"{name}.py").write_text("import os; os._exit(9)")
    monkeypatch.chdir(tmp_path)

    assert ask(make(), asked.chatter) == 7


def test_an_exception_of_a_parser_is_told_by_its_name_only(make):
    with pytest.raises(ReaderStopped, match="LookupError") as caught:
        ask(make(), asked.stumble)

    assert "did not expect" not in str(caught.value)


@pytest.mark.attack("a taken-over reader that answers something else", refusal="UNREADABLE: AnswerUnusable")
def test_an_answer_of_another_type_is_not_taken(make):
    with pytest.raises(AnswerUnusable, match="str instead of int"):
        ask(make(), asked.lie)


def test_an_answer_that_is_too_large_is_not_read(make):
    with pytest.raises((ReaderStopped, TookTooMuchMemory)):
        ask(make(memory=2048 * MEBIBYTE), asked.flood, protocol.MAX_RAW + 1)


def test_of_fifty_files_only_the_bad_ones_have_no_answer(make):
    pool = make(FOR_MANY, seconds=20)
    bad = {7: (asked.die, signal.SIGKILL), 21: (asked.take, 600 * MEBIBYTE), 33: (asked.stumble,), 49: (asked.leave, 1)}

    def answer(number: int) -> str:
        task, *given = bad.get(number, (asked.chatter,))
        try:
            return str(ask(pool, task, *map(int, given)))
        except ReadingFailed as refusal:
            return refusal.code

    found = pool.each(answer, range(50))

    assert {number: item for number, item in enumerate(found) if item != "7"} == {
        7: "ReaderStopped",
        21: "TookTooMuchMemory",
        33: "ReaderStopped",
        49: "ReaderStopped",
    }


# ------------------------------------------------------------------------------------------------------- the ending
def test_an_interrupt_of_the_terminal_is_not_for_the_worker(make):
    pool = make()
    first = ask(pool, asked.pid)

    os.kill(first, signal.SIGINT)

    assert ask(pool, asked.sleep, 0.1) == 0
    assert ask(pool, asked.pid) == first


def test_cancelling_ends_the_process(make):
    pool = make()
    first = ask(pool, asked.pid)
    wanted = threading.Event()

    threading.Timer(0.2, wanted.set).start()
    with pytest.raises(ReadingCancelled):
        ask(pool, asked.sleep, 60.0, cancelled=wanted.is_set)

    assert first not in children()
    assert ask(pool, asked.pid) != first


def test_closing_ends_what_is_under_way(make):
    pool = make()
    ask(pool, asked.pid)
    threading.Timer(0.2, pool.close).start()

    with pytest.raises(ReadingCancelled):
        ask(pool, asked.sleep, 60.0)

    with pytest.raises(ReadingCancelled):
        ask(pool, asked.pid)


def test_an_interrupted_batch_ends_its_workers(make):
    """As by Ctrl-C: what interrupts comes through, and no process is left."""
    pool = make(FOR_MANY)

    def answer(number: int) -> int:
        if number == 3:
            raise KeyboardInterrupt
        return ask(pool, asked.sleep, 60.0 if number else 0.0)

    with pytest.raises(KeyboardInterrupt):
        pool.each(answer, [0, 3, 1, 2, 4])

    assert all(worker.pid is None for worker in pool.workers)


def test_a_worker_whose_parent_is_gone_ends_by_itself(make):
    """Its questions end, and so does it."""
    pool = make()
    ask(pool, asked.pid)
    process = pool.workers[0]._process

    assert process is not None
    process.stdin.close()

    assert process.wait(timeout=30) == 0
    process.stdout.close()
