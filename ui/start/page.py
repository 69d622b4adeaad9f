"""First steps: try the sample, join an organisation, or set one up. Every step can be left and taken up again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.context import Changes, Context
from ui.guide.begin.beginning import Beginning
from ui.jobs import JobLane
from ui.page import Page
from ui.start.founding import FoundView
from ui.start.join import JoinView
from ui.start.ways import BEGUN, WaysView
from ui.start.work import FirstStepsState, JoinBy, look


class StartPage(Page):
    """``go("start")`` shows the three ways; ``go("start", "join")`` and ``go("start", "found")`` one of them.

    ``go("start", JoinBy(path))`` joins by an invitation, another package or a folder.
    """

    ready = Signal()
    """The view shows how far this installation is."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._way = ""
        self._arriving = False
        self._beginning = Beginning(context, self)
        sample = self.add_action(self.tr("&Try with sample data"), self.try_sample)
        join = self.add_action(self.tr("&Join an organisation"), self.go_join)
        found = self.add_action(self.tr("&Set up an organisation"), self.go_found)
        back = self.add_action(self.tr("&All ways to begin"), self.go_ways)
        new = self.add_action(self.tr("&New use case"), self._beginning.new)
        people = self.add_action(self.tr("Look at the &people"), self.go_people)
        self._back = back
        self.views = QStackedWidget()
        self.ways = WaysView(context, sample, join, found)
        self.join = JoinView(context, (new, people))
        self.join.moved.connect(self._on_moved)
        self.found = FoundView(context, (people, new))
        self.found.moved.connect(self._on_moved)
        for view in (self.ways, self.join, self.found):
            self.views.addWidget(view)
        self.body.addWidget(self.views, 1)

    def title(self) -> str:
        return {"join": self.tr("Join an organisation"), "found": self.tr("Set up an organisation")}.get(
            self._way, self.tr("Welcome to Countersign")
        )

    def activated(self, argument: object) -> None:
        by = argument.path if isinstance(argument, JoinBy) else None
        self._way = "join" if by is not None else str(argument) if argument in {"join", "found"} else ""
        if self._way:
            self.context.settings.set_text(BEGUN, self._way)
        view = {"join": self.join, "found": self.found}.get(self._way, self.ways)
        self.views.setCurrentWidget(view)
        self._back.setEnabled(bool(self._way))
        if self._way:
            self.set_lead(self.tr("You can stop after any step; what is done stays done."))
        else:
            self.set_lead(self.tr("One signs, the other countersigns, and only then does the decision exist."))
        self.retitle()
        self._arriving = True
        self._look()
        if by is not None:
            self.join.organisation.look_into(by)

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._look()

    def focus_first(self) -> None:
        if not self._way:
            self.ways.focus_first()
        elif self._way == "join":
            self.join.focus_first()
        else:
            self.found.focus_first()

    def try_sample(self) -> None:
        self.go_ways()
        self.ways.sample.build()

    def go_ways(self) -> None:
        self.context.go("start")

    def go_join(self) -> None:
        self.context.go("start", "join")

    def go_found(self) -> None:
        self.context.go("start", "found")

    def go_people(self) -> None:
        self.context.go("people")

    def _look(self) -> None:
        handle = self.context.run(JobLane.REGISTER, look, owner=self)
        handle.done.connect(self._on_looked)

    def _on_looked(self, standing: object) -> None:
        if isinstance(standing, FirstStepsState):
            self.ways.follow(standing)
            self.join.follow(standing)
            self.found.follow(standing)
            if self._arriving:
                # Only now it is known which step is to be done.
                self._arriving = False
                self.focus_first()
            self.ready.emit()

    def _on_moved(self) -> None:
        # The page looks again with everybody else (see ``refresh``) and puts the keyboard on what is next.
        self._arriving = True
        self.context.tell(Changes(people=True, exchange=True))
