"""Verifying many records: what was found is seen while it goes on, other work gets its turn, and nothing found is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from intake.services.lists.record_check import CheckedAs, CheckedRecord, RecordsChecked
from ui.context import Context
from ui.jobs import JobLane, JobTask
from ui.records import verifying
from ui.records.verifying import VerifyingReport
from ui.register.list_fetch import ListQuery, ListWriting
from ui.register.list_file import ListFile
from ui.widgets.links import LinkButton
from ui.widgets.progress_panel import ProgressPanel

LISTED = ListWriting(ListQuery(), "", descending=False)


class NoReader(Refusal):
    what = "No file can be judged."
    why = "The test says so."
    next = "Nothing."


class Judges:
    """Judges the records of a list one by one; ``before(number, task)`` is done in the job that judges this one."""

    def __init__(self) -> None:
        self.before: Callable[[int, JobTask], object] = lambda _, __: None

    def begin(self, _: JobTask, __: Any, ___: object) -> RecordsChecked:
        return RecordsChecked((), tuple(range(4)))

    def go_on(self, task: JobTask, _: Any, __: object, so_far: RecordsChecked) -> RecordsChecked:
        number, *left = so_far.left
        task.progress(so_far.done, so_far.total, f"Record {number}")
        self.before(number, task)
        if task.cancelled:
            return so_far
        sort = CheckedAs.FAILED if number in (0, 2) else CheckedAs.HOLDS
        found = CheckedRecord(f"case-{number}", f"UC-{number}", "Title", sort, "why", "", datetime.now(UTC))
        return RecordsChecked((*so_far.records, found), tuple(left))


@pytest.fixture
def judges(monkeypatch: pytest.MonkeyPatch) -> Judges:
    made = Judges()
    monkeypatch.setattr(verifying, "begin", made.begin)
    monkeypatch.setattr(verifying, "go_on", made.go_on)
    return made


@pytest.fixture
def report(context: Context, qtbot: QtBot, judges: Judges) -> VerifyingReport:
    page = QWidget()
    qtbot.addWidget(page)
    progress = ProgressPanel(page)
    made = VerifyingReport(context, progress, ListFile(context, page, progress), page)
    page.show()
    return made


class Titles:
    """What the report said, in order; each time it is said."""

    def __init__(self, report: VerifyingReport) -> None:
        self.said: list[str] = []
        self._report = report
        self._tell = report._tell
        report._tell = self.tell  # type: ignore[method-assign]

    def tell(self, found: RecordsChecked, title: str, tone: Any) -> None:
        self._tell(found, title, tone)
        links = self._report.findChildren(LinkButton)
        self.said.append(f"{self._report.notice.title.text()}: {len(links)}")


def test_what_was_found_is_shown_while_it_goes_on(report: VerifyingReport, qtbot: QtBot) -> None:
    titles = Titles(report)
    with qtbot.waitSignal(report.ended):
        report.begin(LISTED)

    assert titles.said == [
        "Verified so far: 1 of 4: 1",
        "Verified so far: 2 of 4: 1",
        "Verified so far: 3 of 4: 2",
        "4 records verified: 2",
    ]
    assert report.save.isVisible()
    assert report.notice.text.text() == "2 hold · do not rely on 2"


def test_other_work_of_the_lane_does_not_wait_for_all(
    report: VerifyingReport, judges: Judges, context: Context, qtbot: QtBot
) -> None:
    judged: list[int] = []
    judges.before = lambda number, _: judged.append(number)
    seen: list[int] = []

    def other(_: JobTask, __: Any) -> None:
        seen.append(len(judged))

    context.jobs.hold()
    report.begin(LISTED)
    context.run(JobLane.PAPER, other)
    with qtbot.waitSignal(report.ended):
        context.jobs.release()

    assert seen == [0]
    assert judged == [0, 1, 2, 3]


def test_what_was_found_stays_when_it_is_cancelled(report: VerifyingReport, judges: Judges, qtbot: QtBot) -> None:
    judges.before = lambda number, task: task._cancel() if number == 1 else None
    with qtbot.waitSignal(report.ended):
        report.begin(LISTED)

    assert report.notice.title.text() == "Stopped after 1 of 4 records"
    assert len(report.findChildren(LinkButton)) == 1
    assert report.save.isVisible()


def test_what_was_found_stays_when_the_rest_cannot_be_judged(
    report: VerifyingReport, judges: Judges, qtbot: QtBot
) -> None:
    def refuse(number: int, _: JobTask) -> None:
        if number == 1:
            raise NoReader

    judges.before = refuse
    with qtbot.waitSignal(report.ended):
        report.begin(LISTED)

    assert report.notice.title.text() == "No file can be judged."
    assert len(report.findChildren(LinkButton)) == 1
    assert report.save.isVisible()


def test_a_second_click_begins_nothing_while_it_goes_on(
    report: VerifyingReport, judges: Judges, context: Context, qtbot: QtBot
) -> None:
    judged: list[int] = []
    judges.before = lambda number, _: judged.append(number)
    said: list[str] = []
    context.said.connect(said.append)
    context.jobs.hold()
    report.begin(LISTED)
    report.begin(LISTED)
    with qtbot.waitSignal(report.ended):
        context.jobs.release()

    assert judged == [0, 1, 2, 3]
    assert said == ["The records chosen before are still being verified."]


def test_progress_is_shown_over_all_jobs_of_one_work(context: Context, qtbot: QtBot) -> None:
    panel = ProgressPanel()
    qtbot.addWidget(panel)

    def count(task: JobTask, _: Any, done: int) -> None:
        task.progress(done, 2, "")

    first = context.run(JobLane.PAPER, count, 1)
    panel.follow(first, "Counting")
    panel.show()
    seen: list[bool] = []

    def follow() -> None:
        following = context.run(JobLane.PAPER, count, 2)
        panel.go_on(following)
        following.done.connect(lambda: seen.append(panel.isVisible()))

    first.done.connect(follow)
    qtbot.waitUntil(lambda: bool(seen) and not context.jobs.busy)

    assert seen == [True]
    assert not panel.isVisible()
    assert panel.count.text() == "2 of 2"
