"""The window's reader: hostile pages harm another process, cancelling ends it, and closing leaves none behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests import hostile_pdfs
from tests.services.test_outside import children
from tests.ui.sessions import Sessions
from ui.app import Desktop
from ui.context import Context
from ui.jobs import JobLane
from ui.records import paper_jobs
from ui.records.paper_jobs import OpenedRecord
from ui.records.record import RecordPage

pytestmark = pytest.mark.own_readers


@pytest.fixture(autouse=True)
def no_process_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Asked for before the fixtures that make processes, so it looks after they ended theirs."""
    before = children()
    yield
    assert children() <= before


@pytest.fixture
def reading(no_process_is_left: None, context: Context) -> Iterator[Context]:
    yield context
    context.jobs.shutdown()
    context.readers.close()


def reader(context: Context) -> int | None:
    return context.readers.get().workers[0].pid


@pytest.mark.attack("a page of gigabytes, opened in the window", refusal="a notice: ReaderStopped")
@pytest.mark.exhaustive
def test_a_page_of_gigabytes_is_told_in_words(
    no_process_is_left: None, sessions: Sessions, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.pdf"
    path.write_bytes(hostile_pdfs.page_bomb(2))
    page = RecordPage(sessions.context("ada"))
    qtbot.addWidget(page)
    page.resize(1040, 760)
    page.show()

    page.activated(path)

    qtbot.waitUntil(lambda: "stopped" in page.problem.title.text() or "memory" in page.problem.title.text())
    qtbot.waitUntil(lambda: page.panel.verdict is not None)
    assert page.panel.verdict is not None
    assert page.panel.verdict.indication.value == "TOTAL-FAILED"
    assert not page.paper.has_picture(0)


@pytest.mark.exhaustive
def test_one_process_serves_page_after_page(reading: Context, qtbot: QtBot) -> None:
    opened = OpenedRecord("one.pdf", hostile_pdfs.page_bomb(1, size=0))
    found = set()
    for _ in range(3):
        handle = reading.jobs.submit(JobLane.PAPER, paper_jobs.draw, reading.readers, opened, 0, 100)
        with qtbot.waitSignal(handle.done) as drawn:
            pass
        assert drawn.args[0].width == 100
        found.add(reader(reading))

    assert len(found) == 1


def test_cancelling_a_job_ends_the_process(reading: Context, qtbot: QtBot) -> None:
    slow = OpenedRecord("slow.pdf", hostile_pdfs.slow_page())

    handle = reading.jobs.submit(JobLane.PAPER, paper_jobs.draw, reading.readers, slow, 0, 2_000)
    qtbot.waitUntil(lambda: reader(reading) is not None)
    running = reader(reading)
    with qtbot.waitSignal(handle.cancelled):
        handle.cancel()

    assert running not in children()


@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.exhaustive
def test_closing_the_window_ends_the_process(
    no_process_is_left: None, desktop: Callable[..., Desktop], qtbot: QtBot, busy: bool
) -> None:
    shown = desktop()
    shown.show()
    qtbot.waitUntil(shown.window.isVisible)
    readers = shown.context.readers
    file = OpenedRecord("a.pdf", hostile_pdfs.slow_page(50_000 if busy else 1))
    handle = shown.context.jobs.submit(JobLane.PAPER, paper_jobs.draw, readers, file, 0, 2_000)
    qtbot.waitUntil(lambda: reader(shown.context) is not None and (busy or not handle.running))
    running = reader(shown.context)

    shown.close()

    assert running is not None
    assert running not in children()
