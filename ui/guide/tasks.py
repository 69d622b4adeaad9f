"""The task list of a draft: where the screening leads, the parts in any order, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.guide import Guide, Status, Task
from intake.domain.playbook_content import Question, Route
from ui.guide.live import LivePanel
from ui.guide.sheet import Sheet, clear
from ui.guide.words import progress, status_tone, status_words
from ui.theme import Tone, sizes
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Card, Notice
from ui.widgets.task_list import TaskGroup, TaskItem, TaskList

if TYPE_CHECKING:
    from intake.services.filing import DraftView

CHECK = "check"


class TasksView(QWidget):
    """``chosen`` carries the id of a section, or ``CHECK``."""

    chosen = Signal(str)

    def __init__(self, newer: QAction, parent: QWidget | None = None) -> None:
        """``newer`` is the action that goes on with the newest playbook."""
        super().__init__(parent)
        s = sizes(self)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sheet = Sheet()
        outer.addWidget(self.sheet)
        columns = QHBoxLayout()
        columns.setSpacing(s.xl)
        left = QVBoxLayout()
        left.setSpacing(s.m)
        self.newer = Notice("", action=newer)
        self.newer.setVisible(False)
        left.addWidget(self.newer)
        self.stop = Notice("", tone=Tone.BAD)
        self.stop.setVisible(False)
        left.addWidget(self.stop)
        self._instead = strong(self.tr("What to do instead"))
        left.addWidget(self._instead)
        self.instead = Label("")
        left.addWidget(self.instead)
        self.done = quiet("")
        left.addWidget(self.done)
        self.list = TaskList()
        self.list.chosen.connect(self.chosen)
        left.addWidget(self.list)
        left.addStretch(1)
        columns.addLayout(left, 3)
        right = QVBoxLayout()
        right.setSpacing(s.l)
        self._route = Card()
        self._route_box = QVBoxLayout()
        self._route_box.setSpacing(s.s)
        self._route.box.addLayout(self._route_box)
        right.addWidget(self._route)
        self.live = LivePanel()
        right.addWidget(self.live)
        right.addStretch(1)
        columns.addLayout(right, 2)
        self.sheet.box.addLayout(columns, 1)
        self._first = ""

    def follow(self, view: DraftView) -> None:
        guide = view.guide
        tasks = guide.tasks
        route = guide.route
        stops = route is not None and route.stops
        self._say_newer(view.newer)
        self._say_route(route)
        answered, asked = progress(guide)
        finished = sum(task.status in {Status.DONE, Status.OPEN_POINTS} for task in tasks)
        words = self.tr("{finished} of {parts} parts done, {answered} of {asked} questions answered.")
        self.done.setText(words.format(finished=finished, parts=len(tasks), answered=answered, asked=asked))
        self.done.setVisible(not stops)
        groups = (
            TaskGroup("", (self._item(tasks[0]),)),
            TaskGroup(self.tr("Your request"), tuple(self._item(task) for task in tasks[1:])),
            TaskGroup(self.tr("At the end"), (self._check_item(guide),)),
        )
        # Behind a stop there is nothing to do but to look at the first answers again.
        self.list.set_groups(groups[:1] if stops else groups)
        self.live.setVisible(route is not None)
        self.live.set_assessment(guide.playbook, view.assessment)
        waiting = (task.section.id for task in tasks if task.status in {Status.NOT_STARTED, Status.IN_PROGRESS})
        self._first = tasks[0].section.id if stops else next(waiting, CHECK)

    def focus_first(self) -> None:
        """What is to be done next."""
        if self._first:
            row = self.list.row(self._first)
            row.setFocus()
            self.sheet.to_top()
            self.sheet.bring(row)

    def _item(self, task: Task) -> TaskItem:
        section = task.section
        if task.status in {Status.CANNOT_START, Status.NOT_STARTED} or not task.asked:
            hint = section.intro
        elif task.open_points:
            words = self.tr("{answered} of {asked} answered, {open} open")
            hint = words.format(answered=task.answered, asked=task.asked, open=task.open_points)
        else:
            hint = self.tr("{answered} of {asked} answered").format(answered=task.answered, asked=task.asked)
        return TaskItem(
            section.id,
            section.title,
            hint,
            status_words(task.status),
            status_tone(task.status),
            enabled=task.status is not Status.CANNOT_START,
        )

    def _check_item(self, guide: Guide) -> TaskItem:
        title = self.tr("Check your answers, sign and file")
        hint = self.tr("You see everything once more before you sign.")
        if guide.route is None:
            return TaskItem(CHECK, title, hint, self.tr("Cannot start yet"), enabled=False)
        problems = len(guide.problems)
        if problems:
            status = self.tr("{count} to answer").format(count=problems)
            return TaskItem(CHECK, title, hint, status)
        return TaskItem(CHECK, title, hint, self.tr("Ready"), Tone.GOOD)

    def _say_newer(self, newer: tuple[Question, ...]) -> None:
        labels = ", ".join(question.label for question in newer[:4]) + (" …" if len(newer) > 4 else "")
        words = self.tr("It also asks: {labels}. Your answers stay.").format(labels=labels)
        self.newer.set_words(self.tr("There is a newer playbook"), words)
        self.newer.setVisible(bool(newer))

    def _say_route(self, route: Route | None) -> None:
        stops = route is not None and route.stops
        self.stop.setVisible(stops)
        self._instead.setVisible(stops)
        self.instead.setVisible(stops)
        self._route.setVisible(route is not None and not stops)
        clear(self._route_box)
        if route is None:
            return
        if stops:
            self.stop.set_words(route.title, route.explanation)
            self.instead.setText(route.instead)
            return
        box = self._route_box
        box.addWidget(heading(route.title, 2))
        box.addWidget(Label(route.explanation))
        if route.minutes:
            box.addWidget(strong(self.tr("About {minutes} minutes").format(minutes=route.minutes)))
        if route.have_ready:
            box.addWidget(quiet(self.tr("Good to have at hand")))
            for item in route.have_ready:
                line = QHBoxLayout()
                line.setSpacing(sizes(self).s)
                dot = quiet("–")
                dot.setWordWrap(False)
                line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(Label(item), 1)
                row = QWidget()
                line.setContentsMargins(0, 0, 0, 0)
                row.setLayout(line)
                box.addWidget(row)
