"""The task list of a draft: where the screening leads, the parts in any order, and what is still missing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.domain.guide.progress import GuideTask, SectionStatus
from intake.domain.playbook.questions import PlaybookSection, Question, Route
from ui.guide.answer.unasked_answers import KeptNotice
from ui.guide.check.later_stages import LaterPart
from ui.guide.check.remarks import RemarksCard
from ui.guide.choose.notice import CompetingNotice
from ui.guide.live.live import LivePanel
from ui.guide.live.live_words import who_will_know
from ui.guide.next_stop import optional
from ui.guide.sheet import Columns, GuideView
from ui.guide.shown import ShownDraft
from ui.guide.words import status_tone, status_words
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_row, clear
from ui.widgets.labels import Label, heading, quiet, strong
from ui.widgets.panels import Card, NoticePanel
from ui.widgets.task_list import TaskGroup, TaskItem, TaskList

CHECK = "check"

_OPEN = {SectionStatus.NOT_STARTED, SectionStatus.IN_PROGRESS, SectionStatus.TO_CHECK}
"""Statuses of a part in which there is something to do."""


class TasksView(QWidget):
    """``chosen`` carries the id of a section, or ``CHECK``; ``followed`` a question to go to."""

    chosen = Signal(str)
    followed = Signal(str)

    def __init__(self, newer: QAction, parent: QWidget | None = None) -> None:
        """``newer`` is the action that goes on with the newest playbook."""
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.sheet = GuideView()
        outer.addWidget(self.sheet)
        columns = Columns()
        self._fill_left(columns.left, newer)
        self._fill_right(columns.right)
        self.sheet.box.addWidget(columns, 1)
        self._first = ""
        self._draft = ""
        self._opened = False

    def follow(self, shown: ShownDraft) -> None:
        self._opened |= self._draft != shown.view.row.id
        self._draft = shown.view.row.id
        tasks, route, stops = shown.tasks, shown.route, shown.stopped
        self._say_newer(shown.view.newer)
        self._say_route(route)
        self.later.follow(shown)
        self.competing.follow(shown)
        self.remarks.follow(shown)
        self.kept.say(shown, shown.hidden)
        progress = shown.guide.progress
        parts = [task for task in tasks if _any(task)]
        finished = sum(
            task.status in {SectionStatus.DONE, SectionStatus.OPEN_POINTS} or optional(shown, task) for task in parts
        )
        in_all = self.tr("{answered} of %Ln questions answered.", "", progress.asked).format(answered=progress.answered)
        words = self.tr("{finished} of %Ln parts done, {answered}", "", len(parts))
        carried = self.tr("%Ln answers to check.", "", progress.to_check) if progress.to_check else ""
        self.done.setText(f"{words.format(finished=finished, answered=in_all)} {carried}".rstrip())
        self.done.setVisible(not stops)
        groups = (
            TaskGroup("", (self._item(shown, tasks[0]),)),
            TaskGroup(
                self.tr("Your use case"), tuple(self._item(shown, task) for task in parts if task is not tasks[0])
            ),
            TaskGroup(self.tr("At the end"), (self._check_item(shown),)),
        )
        # Behind a stop there is nothing to do but to look at the first answers again.
        self.list.set_groups(groups[:1] if stops else groups)
        self.live.setVisible(route is not None)
        self.live.follow(shown)
        open_parts = (task for task in parts if task.status in _OPEN)
        waiting = (task.section.id for task in open_parts if not optional(shown, task))
        said = (task.section.id for task in tasks if self._remarked(shown, task.section))
        self._first = tasks[0].section.id if stops else next(waiting, next(said, CHECK))

    def focus_first(self) -> None:
        """What is to be done next. A draft that was just opened begins at its top, with the first part if that is out of sight."""
        if not self._first:
            return
        row, opened, self._opened = self.list.row(self._first), self._opened, False
        self.sheet.to_top()
        if opened and not self.sheet.shows(row):
            row = self.list.first()
        row.setFocus()
        self.sheet.bring(row)

    def _fill_left(self, left: QVBoxLayout, newer: QAction) -> None:
        left.setSpacing(sizes(self).m)
        self.newer = NoticePanel("", action=newer)
        self.newer.setVisible(False)
        left.addWidget(self.newer)
        self.stop = NoticePanel("", tone=Tone.BAD)
        self.stop.setVisible(False)
        left.addWidget(self.stop)
        self._instead = strong(self.tr("What to do instead"))
        left.addWidget(self._instead)
        self.instead = Label("")
        left.addWidget(self.instead)
        self.competing = CompetingNotice()
        left.addWidget(self.competing)
        self.remarks = RemarksCard()
        self.remarks.followed.connect(self.followed)
        left.addWidget(self.remarks)
        self.done = quiet("")
        left.addWidget(self.done)
        self.kept = KeptNotice()
        left.addWidget(self.kept)
        self.list = TaskList()
        self.list.chosen.connect(self.chosen)
        left.addWidget(self.list)
        left.addStretch(1)

    def _fill_right(self, right: QVBoxLayout) -> None:
        right.setSpacing(sizes(self).l)
        self._route = Card()
        self._route_box = QVBoxLayout()
        self._route_box.setSpacing(sizes(self).s)
        self._route.box.addLayout(self._route_box)
        self.later = LaterPart()
        self._route.box.addWidget(self.later)
        right.addWidget(self._route)
        self.live = LivePanel()
        self.live.followed.connect(self.followed)
        right.addWidget(self.live)
        right.addStretch(1)

    def _item(self, shown: ShownDraft, task: GuideTask) -> TaskItem:
        section = task.section
        status, tone = status_words(task.status), status_tone(task.status)
        if task.status is SectionStatus.TO_CHECK:
            status = self.tr("To check: {count} of {asked}").format(count=task.to_check, asked=task.asked)
        if optional(shown, task):
            status = self.tr("Optional")
        if task.status in {SectionStatus.DONE, SectionStatus.OPEN_POINTS} and shown.revising is not None:
            status, tone = self._since(shown, section, status, tone)
        return TaskItem(
            section.id,
            section.title,
            self._hint(shown, task),
            status,
            tone,
            enabled=task.status is not SectionStatus.CANNOT_START,
        )

    def _hint(self, shown: ShownDraft, task: GuideTask) -> str:
        if task.status in {SectionStatus.CANNOT_START, SectionStatus.NOT_STARTED} or not task.asked:
            return task.section.intro
        said = self.tr("{answered} of %Ln answered", "", task.asked).format(answered=task.answered)
        if task.to_check:
            words = self.tr("{answered}, %Ln to check", "", task.to_check)
            said = words.format(answered=said) if task.answered else self._carried(task)
        names = {question.id for question in task.section.questions}
        open_points = [point for point in shown.open_points if point.question.id in names]
        if not open_points:
            return said
        # A name is worth more than a number: it is who to go and ask.
        told = " · ".join(f"{point.question.label}: {who_will_know(point.ask)}" for point in open_points)
        return self.tr("{answered}; open: {points}").format(answered=said, points=told)

    def _carried(self, task: GuideTask) -> str:
        """What is said of a part that others have filled in."""
        missing = task.asked - task.to_check
        if task.status is SectionStatus.TO_CHECK or not missing:
            return self.tr("Filled in from elsewhere; confirm or change each answer")
        return self.tr("{to_check} to check, %Ln not answered", "", missing).format(to_check=task.to_check)

    def _since(self, shown: ShownDraft, section: PlaybookSection, status: str, tone: Tone) -> tuple[str, Tone]:
        """What became of a part since the filed revision: one that was not touched needs no walk."""
        if self._remarked(shown, section):
            return self.tr("The reviewers ask"), Tone.WARN
        names = {question.id for question in section.questions}
        changed = sum(item.id in names for item in shown.changes)
        if changed:
            return self.tr("%Ln changed", "", changed), Tone.INFO
        if status == status_words(SectionStatus.OPEN_POINTS):
            return status, tone
        return self.tr("Unchanged"), Tone.NEUTRAL

    def _remarked(self, shown: ShownDraft, section: PlaybookSection) -> bool:
        names = {question.id for question in section.questions}
        changed = {item.id for item in shown.changes}
        remarks = shown.revising.remarks if shown.revising is not None else ()
        return any(remark.question in names - changed for remark in remarks)

    def _check_item(self, shown: ShownDraft) -> TaskItem:
        title = self.tr("Check your answers, sign and file")
        hint = self.tr("You see everything once more before you sign.")
        if shown.route is None:
            return TaskItem(CHECK, title, hint, self.tr("Cannot start yet"), enabled=False)
        wrong, to_check = len(shown.guide.wrong), len(shown.guide.to_check)
        left = (
            *([self.tr("%Ln to answer", "", wrong)] if wrong else []),
            *([self.tr("%Ln to check", "", to_check)] if to_check else []),
        )
        if left:
            return TaskItem(CHECK, title, hint, ", ".join(left))
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
                box.addWidget(_dashed(item))


def _dashed(text: str) -> QWidget:
    row = QWidget()
    line = bare_row(row, sizes(row).s)
    dot = quiet("–")
    dot.setWordWrap(False)
    line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(text), 1)
    return row


def _any(task: GuideTask) -> bool:
    """A part of which nothing is asked at this stage is no work; what it will ask is shown under “Asked later”."""
    return bool(task.asked) or task.status is SectionStatus.CANNOT_START
