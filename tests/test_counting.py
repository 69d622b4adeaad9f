"""Work is counted, never timed, and what tests stand on does not take their time."""

from __future__ import annotations

import gc
import os
import re
import sys
from pathlib import Path

import pytest

from tests.counting import calls

TESTS = Path(__file__).parent
CLOCKS = re.compile(r"\b(?:perf_counter|process_time|thread_time|monotonic|QElapsedTimer)\b")
ALLOWED = {
    # Uses up the time of a processor, to see that it is limited.
    "test_limits.py",
    # Waits for processes to end, and gives up some time.
    "commands/test_verify_ended.py",
    # Waits for a window, or a step of it, on a real screen.
    "ui/real/screen.py",
    "test_counting.py",
}


def test_calls_are_counted_and_always_the_same() -> None:
    def work() -> None:
        for word in ("a", "b", "c"):
            word.upper()

    assert calls(work) == calls(work)
    assert calls(work) - calls(lambda: None) == 3


def test_who_counted_before_goes_on_also_after_an_error() -> None:
    before = sys.getprofile()

    with pytest.raises(ZeroDivisionError):
        calls(lambda: 1 // 0)

    assert sys.getprofile() is before


def test_no_test_judges_by_a_clock() -> None:
    """A busy machine would fail it; ``tests/benchmarks`` compares times."""
    timed = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if not path.is_relative_to(TESTS / "benchmarks") and CLOCKS.search(path.read_text(encoding="utf-8"))
    }

    assert timed == ALLOWED


def test_garbage_is_looked_for_among_what_tests_make_only() -> None:
    assert gc.isenabled()
    assert gc.get_freeze_count() > 10_000


def test_what_was_compiled_is_kept_for_the_programs_that_tests_start() -> None:
    assert not sys.dont_write_bytecode
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
