"""Why it matters: the chapters of the playbook, read one by one and acknowledged with a signature.

How far somebody has read is kept on this computer; that it was read is an act, signed at the end.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.literacy.chapter import ChapterView, status
from ui.literacy.progress import ReadingProgress
from ui.literacy.readers import ReadersView
from ui.literacy.signed import SignedView
from ui.literacy.subjects import training_record
from ui.literacy.work import School, SignedRecord, look, sign
from ui.page import Page
from ui.signing_job import SigningFlow
from ui.theme import Tone, sizes
from ui.widgets.blocks import ScrolledSection
from ui.widgets.boxes import bare_row
from ui.widgets.dialogs import show_refusal
from ui.widgets.panels import EmptyState, NoticePanel
from ui.widgets.task_list import TaskGroup, TaskItem, TaskList


class LiteracyView(StrEnum):
    """``go("literacy", Shelf.WHO)`` shows who has read the chapters."""

    WHO = "who"


class LiteracyPage(Page):
    """``go("literacy")``, ``go("literacy", chapter id)``, ``LiteracyView.WHO`` or a ``SignedRecord``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        s = sizes(self)
        self.school: School | None = None
        self.progress = ReadingProgress(context.settings)
        self._argument: object = None
        self._current = ""
        self._make_actions()
        self.ready = NoticePanel("", tone=Tone.INFO, action=self.sign_action)
        self.ready.setVisible(False)
        self.body.addWidget(self.ready)
        self.views = QStackedWidget()
        self.body.addWidget(self.views, 1)
        self.list = TaskList()
        self.list.chosen.connect(self.open_chapter)
        self._contents = ScrolledSection(self.tr("Chapters"))
        self._contents.clear()
        self._contents.box.addWidget(self.list)
        self._contents.done()
        self.chapter = ChapterView(self.read_action, self.before_action)
        reading = QWidget()
        row = bare_row(reading, s.xl)
        row.addWidget(self._contents, 2)
        row.addWidget(self.chapter, 3)
        self.reading = reading
        self.signed = SignedView(context, self.who_action)
        self.signed.copied.connect(self._on_copied)
        self.nothing = EmptyState(
            self.tr("There is nothing to read"),
            self.tr("The playbook in use has no chapters. Nothing has to be signed."),
        )
        self.blank = QWidget()
        self.who = ReadersView(context)
        for view in (self.blank, self.reading, self.who, self.signed, self.nothing):
            self.views.addWidget(view)

    def title(self) -> str:
        return self.tr("Who has read the chapters") if self._argument is LiteracyView.WHO else self.tr("Why it matters")

    def activated(self, argument: object) -> None:
        self._argument = argument
        self.retitle()
        if isinstance(argument, SignedRecord):
            self.signed.show_record(argument)
            self._show(self.signed)
        elif argument is LiteracyView.WHO:
            self._show(self.who)
            self.who.table.refresh()
        elif self.school is not None:
            self._begin()
        self._look()

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._look()
            if self.views.currentWidget() is self.who:
                self.who.table.refresh()

    def focus_first(self) -> None:
        view = self.views.currentWidget()
        if view is self.reading and self._current:
            self.chapter.focus_first()
        elif view is self.signed:
            self.signed.focus_first()
        elif view is self.who:
            self.who.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters or in a narrow window there is room for the chapter only; the actions walk on.
        self._contents.setVisible(self.width() >= sizes(self).chars(100))

    def open_chapter(self, name: str) -> None:
        self.context.go("literacy", name)

    def read_on(self) -> None:
        """This chapter is read: keep that and go on to the next one, or to the signature."""
        here = self.progress.find(self._current)
        if here is None:
            return
        if here.signed is None:
            self.progress.keep(here)
        following = self.progress.following(here)
        self._say_ready()
        if following is not None:
            self.open_chapter(following.id)
        elif self.sign_action.isEnabled():
            self._show_chapter()
            self.sign()
        else:
            self._show_chapter()

    def chapter_before(self) -> None:
        before = self.progress.before(self._current)
        if before is not None:
            self.open_chapter(before.id)

    def sign(self) -> None:
        """Sign the training record of what was read and is not signed yet."""
        school = self.school
        if school is None or not self.sign_action.isEnabled():
            return
        read = [item for item in self.progress.unsigned if self.progress.is_read(item)]
        subject, names = training_record(school, read), tuple(item.id for item in read)
        signing = SigningFlow(
            self.context,
            subject,
            JobLane.KEYS,
            sign,
            names,
            school.digest,
            parent=self,
            closing=("AnotherPlaybookNow",),
        )
        signing.done.connect(self._on_signed)
        signing.turned_away.connect(self._on_another_playbook)

    def show_who(self) -> None:
        self.context.go("literacy", LiteracyView.WHO)

    def show_chapters(self) -> None:
        self.context.go("literacy")

    # -------------------------------------------------------------------------------------------------- what it is made of
    def _make_actions(self) -> None:
        self.read_action = self.add_action(self.tr("I have &read this"), self.read_on, "Ctrl+Return")
        self.before_action = self.add_action(self.tr("Chapter &before"), self.chapter_before, "Ctrl+Up")
        self.sign_action = self.add_action(
            self.tr("&Sign the training record…"), self.sign, "Ctrl+Shift+Return", icon_name="sign"
        )
        self.sign_action.setEnabled(False)
        self.chapters_action = self.add_action(self.tr("&Chapters"), self.show_chapters, "Ctrl+Shift+A", button=True)
        self.who_action = self.add_action(self.tr("&Who has read them"), self.show_who, "Ctrl+Shift+W", button=True)

    def _on_another_playbook(self, refusal: Refusal) -> None:
        show_refusal(refusal, self)
        self._look()

    # ----------------------------------------------------------------------------------------------------------- reading
    def _look(self) -> None:
        self.context.run(JobLane.REGISTER, look, owner=self).done.connect(self._on_looked)

    def _on_looked(self, school: School) -> None:
        first = self.school is None
        if school == self.school:
            return
        self.school = school
        self.progress.chapters = school.chapters
        if isinstance(self._argument, SignedRecord) or self._argument is LiteracyView.WHO:
            self._say_ready()
            return
        self._begin(move=first)

    def _begin(self, *, move: bool = True) -> None:
        """Show the chapter asked for, else the first that is not read yet."""
        school = self.school
        if school is None:
            return
        if not school.chapters:
            self._show(self.nothing)
            return
        names = {item.id for item in school.chapters}
        wanted = self._argument if isinstance(self._argument, str) and self._argument in names else ""
        if move or not self._current:
            self._current = wanted or next(iter(self.progress.waiting or school.chapters)).id
        self._show(self.reading)
        self._show_chapter()
        self._say_ready()
        if move:
            self.focus_first()

    def _show_chapter(self) -> None:
        school, here = self.school, self.progress.find(self._current)
        if school is None or here is None:
            return
        number = school.chapters.index(here)
        self.before_action.setEnabled(number > 0)
        following = self.progress.following(here)
        if here.signed is not None:
            self.read_action.setText(self.tr("Go on &reading"))
        else:
            self.read_action.setText(
                self.tr("I have &read this, go on") if following is not None else self.tr("I have &read this")
            )
        self.read_action.setEnabled(here.signed is None or following is not None)
        self.chapter.show_chapter(here, number + 1, len(school.chapters), read=self.progress.is_read(here))
        items = []
        for item in school.chapters:
            words, tone = status(item, read=self.progress.is_read(item), brief=True)
            items.append(TaskItem(item.id, item.title, "", words, tone))
        self.list.set_groups((TaskGroup("", tuple(items)),))
        words = self.tr("{done} of %Ln chapters read · {playbook}", "", len(school.chapters))
        self.set_lead(words.format(done=self.progress.done, playbook=school.playbook))

    def _say_ready(self) -> None:
        """Whether there is something to sign, and what keeps it from being signed."""
        school = self.school
        if school is None:
            return
        all_read = self.progress.all_read
        may = school.listed and school.me.ready
        self.sign_action.setEnabled(all_read and may)
        shown = self.views.currentWidget() is self.reading
        self.ready.setVisible(shown and all_read)
        if may:
            self.ready.set_words(
                self.tr("You have read everything"),
                self.tr("Sign your training record: it says what you read, and anybody can check it."),
            )
        else:
            self.ready.set_words(
                self.tr("You have read everything; ready to sign when listed"),
                self.tr("The roster does not list you with your key yet. What you have read is kept."),
            )

    def _show(self, view: QWidget) -> None:
        self.views.setCurrentWidget(view)
        reading = view is self.reading
        self.read_action.setEnabled(reading)
        if not reading:
            self.before_action.setEnabled(False)
            self.ready.setVisible(False)
            self.set_lead("")
        self.chapters_action.setVisible(view in {self.who, self.signed})
        self.who_action.setVisible(view is not self.who)

    # ----------------------------------------------------------------------------------------------------------- endings
    def _on_signed(self, record: SignedRecord) -> None:
        self.context.tell(Changes(people=True, everything=True))
        self.context.go("literacy", record)

    def _on_copied(self) -> None:
        self.context.say(self.tr("SHA-256 copied"))
