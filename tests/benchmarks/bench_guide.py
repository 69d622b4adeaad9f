"""How long the window stands still while the guide shows a page, takes an answer and shows all answers: 50 ms are noticed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from intake.domain.answers import Answer
from intake.domain.playbook_content import Kind
from intake.services import filing, home
from tests.benchmarks.harness import Row, timed
from tests.filled import filled
from tests.services.offices import Offices, founded
from ui.guide.check import CheckView
from ui.guide.questions import QuestionsView, whole_page
from ui.guide.shown import Shown
from ui.guide.tasks import TasksView
from ui.guide.work import Opened
from ui.theme import Theme

NOTICED = 0.050
ROUNDS = 5


def rows() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    Theme(app)
    with tempfile.TemporaryDirectory() as folder:
        offices = founded(Path(folder))
        shown = _shown(offices)
        questions = QuestionsView(QAction("Continue"))
        check = CheckView(QAction("Sign"), QAction("Enrol"), QAction("Copy"))
        tasks = TasksView(QAction("Newer"))
        for view in (questions, check, tasks):
            view.resize(1100, 700)
            view.show()
        pages = [page for item in shown.guide.pages if (page := whole_page(shown.guide, item.id))]
        by_size = sorted(pages, key=lambda page: sum(len(item.options) + 3 for item in page.questions))
        longest, usual = by_size[-1], by_size[len(by_size) // 2]
        for name, page in (("usual", usual), ("fullest", longest)):
            count = len(page.questions)
            turns = [partial(questions.show_page, shown, page), *[questions._turns.step] * count]
            yield _row(f"the {name} page, the slowest turn of {count} questions", *turns)
        other = _other(shown)
        count = len(shown.guide.known.shown)
        yield _row(f"an answer, {count} questions asked", _in_turn(questions.follow, shown, other))
        yield _row(f"an answer worked out, {count} questions", lambda: _worked_out(shown))
        yield _row(f"the list of {len(shown.tasks)} parts", lambda: tasks.follow(shown))
        yield _row(f"all answers, the first of {count}", lambda: _begin(check, shown))
        yield _row(f"all answers, the next of {count}", check._turns.step)
        check._turns.finish()
        yield _row(f"all answers again, all of {count}", lambda: check.follow(shown))
        offices.close()


def _shown(offices: Offices) -> Shown:
    """A whole draft of much that is asked: full use, restricted data, people concerned."""
    desk = offices.desks["ada"]
    draft = filing.start(desk, "ada")
    guide = filled(desk.shelf.current)
    for question in guide.playbook.screening.questions:
        if question.kind is Kind.CHOICE and question.id != "start.ai":
            guide = guide.put(question.id, Answer(question.options[-1].id))
    guide = filled(desk.shelf.current, {name: answer.value for name, answer in guide.answers.items() if answer.value})
    desk.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    return Shown(Opened(filing.view(desk, draft), home.me(desk, "ada", ""), "", False))


def _other(shown: Shown) -> Shown:
    yes_no = next(item for item in shown.guide.known.shown if item.kind is Kind.YES_NO)
    return shown.given({yes_no.id: Answer(not shown.guide.answers[yes_no.id].value)})


def _worked_out(shown: Shown) -> None:
    _other(shown)


def _begin(check: CheckView, shown: Shown) -> None:
    check._plan = None
    check.follow(shown)


def _in_turn(show: Callable[[Shown], None], *made: Shown) -> Callable[[], None]:
    turn = iter(made * (ROUNDS + 2))
    return lambda: show(next(turn))


def _row(job: str, *turns: Callable[[], object]) -> Row:
    """The slowest of the turns of the event loop that a job takes; in the middle of some rounds."""

    def drawn(turn: Callable[[], object]) -> None:
        turn()
        # Laying out and painting belong to it: the window stands still for them, too.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                widget.repaint()

    def slowest() -> float:
        # What was shown before is freed between two events, as it is in the app.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return max(timed(partial(drawn, turn)) for turn in turns)

    slowest()
    seconds = sorted(slowest() for _ in range(ROUNDS))[ROUNDS // 2]
    return Row(f"guide: {job}", "50 ms", seconds / NOTICED, 1.0, f"{seconds * 1e3:.0f} ms")
