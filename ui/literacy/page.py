"""Why it matters: the chapters of the playbook, read one by one and acknowledged with a signature.

How far somebody has read is kept on this computer; that it was read is an act, signed at the end.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Changes, Context
from ui.jobs import JobLane
from ui.literacy.chapter import ChapterView, status
from ui.literacy.signed import SignedView
from ui.literacy.work import ChapterText, School, SignedRecord, fetch, look, sign
from ui.page import Page
from ui.signing_job import SigningFlow
from ui.theme import Tone, sizes
from ui.widgets.blocks import ScrolledSection
from ui.widgets.boxes import bare_column, bare_row
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import EmptyState, NoticePanel
from ui.widgets.search_field import SearchField
from ui.widgets.signing import SignedLine, Subject
from ui.widgets.task_list import TaskGroup, TaskItem, TaskList

KEPT = "literacy/read"
"""The setting that keeps what was read: the beginnings of the chapters' digests."""
KEPT_DIGITS = 16


class LiteracyView(StrEnum):
    """``go("literacy", Shelf.WHO)`` shows who has read the chapters."""

    WHO = "who"


class LiteracyPage(Page):
    """``go("literacy")``, ``go("literacy", chapter id)``, ``LiteracyView.WHO`` or a ``SignedRecord``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, scrolls=False, wide=True)
        s = sizes(self)
        self.school: School | None = None
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
        self.signed = SignedView(self.send_action, self.export_action, self.who_action)
        self.signed.copied.connect(self._on_copied)
        self.nothing = EmptyState(
            self.tr("There is nothing to read"),
            self.tr("The playbook in use has no chapters. Nothing has to be signed."),
        )
        self.blank = QWidget()
        self.who = self._make_who()
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
            self.table.refresh()
        elif self.school is not None:
            self._begin()
        self._look()

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._look()
            if self.views.currentWidget() is self.who:
                self.table.refresh()

    def focus_first(self) -> None:
        view = self.views.currentWidget()
        if view is self.reading and self._current:
            self.chapter.focus_first()
        elif view is self.signed:
            self.signed.focus_first()
        elif view is self.who:
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters or in a narrow window there is room for the chapter only; the actions walk on.
        self._contents.setVisible(self.width() >= sizes(self).chars(100))

    def open_chapter(self, name: str) -> None:
        self.context.go("literacy", name)

    def read_on(self) -> None:
        """This chapter is read: keep that and go on to the next one, or to the signature."""
        here = self._here()
        if here is None or self.school is None:
            return
        if here.signed is None:
            self._keep(here)
        following = self._following(here)
        self._say_ready()
        if following is not None:
            self.open_chapter(following.id)
        elif self.sign_action.isEnabled():
            self._show_chapter()
            self.sign()
        else:
            self._show_chapter()

    def chapter_before(self) -> None:
        chapters = self.school.chapters if self.school is not None else ()
        place = next((number for number, item in enumerate(chapters) if item.id == self._current), 0)
        if place:
            self.open_chapter(chapters[place - 1].id)

    def sign(self) -> None:
        """Sign the training record of what was read and is not signed yet."""
        school = self.school
        if school is None or not self.sign_action.isEnabled():
            return
        read = [item for item in school.chapters if item.signed is None and self._is_read(item)]
        signing = SigningFlow(
            self.context, self._subject(school, read), JobLane.KEYS, sign, tuple(item.id for item in read), parent=self
        )
        signing.done.connect(self._on_signed)

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
        self.send_action = self.add_action(self.tr("Send it &now"), self._on_send)
        self.export_action = self.add_action(self.tr("&Export a package…"), self._on_export)

    def _make_who(self) -> QWidget:
        s = sizes(self)
        holder = QWidget()
        box = bare_column(holder, s.m)
        search = SearchField(self.tr("Search people"), self.tr("Search names, ids, units…"))
        box.addWidget(search)
        self.table = PagedTable(
            self.context.jobs,
            self.context.with_installation(fetch),
            (
                Column("name", self.tr("Name")),
                Column("unit", self.tr("Unit"), 26),
                Column("read", self.tr("Acknowledged"), 22, whole=True),
                Column("signed", self.tr("Signed last"), 16, whole=True),
            ),
            name=self.tr("Who has read the chapters"),
            empty_title=self.tr("Nobody is listed"),
            empty_text=self.tr("Everybody on the roster is listed here with the chapters they have acknowledged."),
        )
        search.searched.connect(self.table.set_query)
        box.addWidget(self.table, 1)
        return holder

    def _subject(self, school: School, read: list[ChapterText]) -> Subject:
        return Subject(
            title=self.tr("Sign your training record"),
            consequence=self.tr(
                "You state that you have read these chapters. The record travels to the offices; an approval for scaled "
                "use may ask that the owner has one, because boundaries are only kept by people who know the reasons."
            ),
            signer=school.me.name,
            fingerprint=school.me.fingerprint,
            lines=(
                SignedLine(self.tr("Person"), f"{school.me.name} ({school.me.person})"),
                SignedLine(self.tr("Playbook"), school.playbook),
                SignedLine(self.tr("Playbook (SHA-256)"), school.digest, is_digest=True),
                SignedLine(self.tr("Chapters read"), " · ".join(item.title for item in read)),
            ),
            button=self.tr("Sign the training record"),
            attestations=(self.tr("I have read these chapters"),),
        )

    # ----------------------------------------------------------------------------------------------------------- reading
    def _look(self) -> None:
        self.context.run(JobLane.REGISTER, look, owner=self).done.connect(self._on_looked)

    def _on_looked(self, school: School) -> None:
        first = self.school is None
        if school == self.school:
            return
        self.school = school
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
            waiting = (item.id for item in school.chapters if item.signed is None and not self._is_read(item))
            self._current = wanted or next(waiting, school.chapters[0].id)
        self._show(self.reading)
        self._show_chapter()
        self._say_ready()
        if move:
            self.focus_first()

    def _show_chapter(self) -> None:
        school, here = self.school, self._here()
        if school is None or here is None:
            return
        number = school.chapters.index(here)
        self.before_action.setEnabled(number > 0)
        following = self._following(here)
        if here.signed is not None:
            self.read_action.setText(self.tr("Go on &reading"))
        else:
            self.read_action.setText(
                self.tr("I have &read this, go on") if following is not None else self.tr("I have &read this")
            )
        self.read_action.setEnabled(here.signed is None or following is not None)
        self.chapter.show_chapter(here, number + 1, len(school.chapters), read=self._is_read(here))
        items = []
        for item in school.chapters:
            words, tone = status(item, read=self._is_read(item), brief=True)
            items.append(TaskItem(item.id, item.title, "", words, tone))
        self.list.set_groups((TaskGroup("", tuple(items)),))
        done = sum(1 for item in school.chapters if item.signed is not None or self._is_read(item))
        words = self.tr("{done} of %Ln chapters read · {playbook}", "", len(school.chapters))
        self.set_lead(words.format(done=done, playbook=school.playbook))

    def _say_ready(self) -> None:
        """Whether there is something to sign, and what keeps it from being signed."""
        school = self.school
        if school is None:
            return
        unsigned = [item for item in school.chapters if item.signed is None]
        all_read = bool(unsigned) and all(self._is_read(item) for item in unsigned)
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

    def _here(self) -> ChapterText | None:
        chapters = self.school.chapters if self.school is not None else ()
        return next((item for item in chapters if item.id == self._current), None)

    def _next_of(self, here: ChapterText) -> ChapterText | None:
        """The next chapter that waits to be read, looking round from this one."""
        chapters = self.school.chapters if self.school is not None else ()
        place = chapters.index(here)
        round_from_here = (*chapters[place + 1 :], *chapters[:place])
        return next((item for item in round_from_here if item.signed is None and not self._is_read(item)), None)

    def _following(self, here: ChapterText) -> ChapterText | None:
        """Where to go on: to what waits to be read, or, for who reads again, to the chapter after this one."""
        chapters = self.school.chapters if self.school is not None else ()
        after = chapters[chapters.index(here) + 1 :] if here.signed is not None else ()
        return self._next_of(here) or next(iter(after), None)

    def _is_read(self, chapter: ChapterText) -> bool:
        return chapter.digest[:KEPT_DIGITS] in self.context.settings.text(KEPT).split()

    def _keep(self, chapter: ChapterText) -> None:
        kept = dict.fromkeys((*self.context.settings.text(KEPT).split(), chapter.digest[:KEPT_DIGITS]))
        self.context.settings.set_text(KEPT, " ".join(kept))

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
        self.send_action.setVisible(view is self.signed)
        self.export_action.setVisible(view is self.signed)

    # ----------------------------------------------------------------------------------------------------------- endings
    def _on_signed(self, record: SignedRecord) -> None:
        self.context.tell(Changes(people=True, everything=True))
        self.context.go("literacy", record)

    def _on_copied(self) -> None:
        self.context.say(self.tr("SHA-256 copied"))

    def _on_send(self) -> None:
        self.context.ask("sync")

    def _on_export(self) -> None:
        self.context.ask("export", "")
