"""How long the window freezes while the guide shows a page, takes an answer and shows all answers: 50 ms are noticed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction

from intake.domain.playbook.answers import Answer
from intake.domain.playbook.questions import QuestionKind
from intake.services.filing import filing
from intake.services.lists import home
from tests.benchmarks.harness import Row
from tests.benchmarks.turns import ROUNDS, turns_row
from tests.filled import filled
from tests.services.offices import Offices, founded
from ui.application import application
from ui.guide.answer.questions import QuestionsView, whole_page
from ui.guide.check.check import CheckView
from ui.guide.shown import ShownDraft
from ui.guide.tasks import TasksView
from ui.guide.work import OpenedDraft
from ui.theme import Theme


def rows() -> Iterator[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    Theme(app)
    with tempfile.TemporaryDirectory() as folder:
        offices = founded(Path(folder))
        shown = whole_draft(offices)
        questions = QuestionsView(QAction("Continue"))
        check = CheckView(QAction("Sign"), QAction("Enrol"), QAction("Copy"))
        tasks = TasksView(QAction("Newer"))
        for view in (questions, check, tasks):
            view.resize(1100, 700)
            view.show()
        pages = [page for item in shown.guide.pages if (page := whole_page(shown.guide, item.id))]
        turns = [
            turn
            for page in pages
            for turn in (partial(questions.show_page, shown, page), *[questions._turns.step] * len(page.questions))
        ]
        yield turns_row(f"guide: {len(pages)} pages, the slowest turn", *turns)
        other = _other(shown)
        count = len(shown.guide.known.shown)
        yield turns_row(f"guide: an answer, {count} questions asked", _in_turn(questions.follow, shown, other))
        yield turns_row(f"guide: an answer worked out, {count} questions", lambda: _worked_out(shown))
        yield turns_row(f"guide: the list of {len(shown.tasks)} parts", lambda: tasks.follow(shown))
        yield turns_row(f"guide: all answers, the first of {count}", lambda: _begin(check, shown))
        yield turns_row(f"guide: all answers, the next of {count}", check.answers._turns.step)
        check.answers._turns.finish()
        yield turns_row(f"guide: all answers again, all of {count}", lambda: check.follow(shown))
        offices.close()


def whole_draft(offices: Offices) -> ShownDraft:
    """A whole draft of much that is asked: scaled use, restricted data, people concerned."""
    installation = offices.installations["ada"]
    draft = filing.start(installation, "ada")
    guide = filled(installation.shelf.current)
    for question in guide.playbook.screening.questions:
        if question.kind is QuestionKind.CHOICE and question.id != "start.ai":
            guide = guide.put(question.id, Answer(question.options[-1].id))
    guide = filled(
        installation.shelf.current, {name: answer.value for name, answer in guide.answers.items() if answer.value}
    )
    installation.register.drafts.answers(draft, {name: answer.as_json() for name, answer in guide.answers.items()})
    return ShownDraft(OpenedDraft(filing.view(installation, draft), home.me(installation, "ada", ""), "", False))


def _other(shown: ShownDraft) -> ShownDraft:
    yes_no = next(item for item in shown.guide.known.shown if item.kind is QuestionKind.YES_NO)
    return shown.given({yes_no.id: Answer(not shown.guide.answers[yes_no.id].value)})


def _worked_out(shown: ShownDraft) -> None:
    _other(shown)


def _begin(check: CheckView, shown: ShownDraft) -> None:
    check.answers._plan = None
    check.follow(shown)


def _in_turn(show: Callable[[ShownDraft], None], *made: ShownDraft) -> Callable[[], None]:
    turn = iter(made * (ROUNDS + 2))
    return lambda: show(next(turn))
