"""Exchange: the folder shared with the others, packages by hand, and what could not be imported yet or at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from ui.context import Changes, Context
from ui.exchange import work
from ui.exchange.access_cards import HandedNotice, ReadingWords
from ui.exchange.delivery import delivery_watch, list_unsent
from ui.exchange.exchanger import ExchangeOutcome, exchanger
from ui.exchange.folder_card import FolderCard
from ui.exchange.importing import Imported
from ui.exchange.refused_panel import RefusedPanel
from ui.exchange.unsent import unsent_lines
from ui.formatting import number_words
from ui.jobs import JobHandle, JobLane, JobTask
from ui.newest import Newest
from ui.page import Page
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside
from ui.widgets.dialogs import ConfirmDialog
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import Label, heading
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import Card, NoticePanel, action_button, own_size_button
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.exchanging.choosing import FolderLook
    from intake.services.exchanging.delivery import UnsentAct
    from intake.services.installation.workspace import Session


def folder_of(_: JobTask, session: Session) -> str:
    """The folder of the settings."""
    return session.settings.folder


def waiting_count(_: JobTask, session: Session) -> int:
    """What waits, as every screen counts it."""
    from intake.services.lists import notes

    return notes.waiting_count(session.installation)


class ExchangePage(Page):
    """``context.go("exchange", "waiting")`` shows what waits, "refused" the quarantine."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        s = sizes(self)
        self._exchanger = exchanger(context)
        self.sync_action = self.add_action(self.tr("&Send and fetch"), self._sync, icon_name="send")
        self.choose_action = self.add_action(self.tr("&Choose another folder…"), self._choose, icon_name="folder")
        self.import_action = self.add_action(self.tr("&Import a file…"), self._import, icon_name="import")
        self.export_action = self.add_action(self.tr("&Write a package…"), self._export, icon_name="export")
        self.folder = FolderCard(self.sync_action, self.choose_action)
        by_file = Card()
        by_file.box.addWidget(heading(self.tr("By file"), 2))
        by_file.box.addWidget(
            Label(
                self.tr(
                    "A package carries signed acts on a stick or by mail. Import a package, a single act or an "
                    "enrolment; dropping files on this window does the same."
                )
            )
        )
        by_file.box.addStretch(1)
        buttons = FlowLayout(by_file)
        buttons.addWidget(action_button(self.import_action))
        buttons.addWidget(action_button(self.export_action))
        by_file.box.addLayout(buttons)
        self.progress = ProgressPanel()
        self.unsent = NoticePanel("", tone=Tone.WARN)
        self.unsent.setVisible(False)
        self._delivery = delivery_watch(context)
        self._unsent = Newest(context, list_unsent, self, quietly=True)
        self._unsent.found.connect(self._on_unsent)
        self.report = NoticePanel("", tone=Tone.INFO)
        self.report.setVisible(False)
        self.refused = RefusedPanel(context)
        self.refused.counted.connect(self._on_refused_count)
        self.waiting = PagedTable(
            context.jobs,
            context.with_installation(work.fetch_waiting),
            (
                Column("what", self.tr("What it waits for"), 0),
                Column("who", self.tr("Reference or person"), 22, whole=True, fold=2),
                Column("title", self.tr("Use case or kind"), 26, whole=True, fold=1),
                Column("more", self.tr("Since, or missing"), 20, whole=True, fold=3),
            ),
            name=self.tr("Waiting acts and files"),
            empty_title=self.tr("Nothing waits"),
            empty_text=self.tr("Acts that name something which has not arrived wait here until it does."),
        )
        self.waiting.opened.connect(self._open)
        self.counting = Newest(context, waiting_count, self, quietly=True)
        self.counting.found.connect(self._on_waiting_count)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("What could not be imported"))
        self.tabs.tabBar().setAccessibleName(self.tr("What could not be imported"))
        self.tabs.addTab(self.refused, self.tr("Refused"))
        self.tabs.addTab(self._waiting_tab(), self.tr("Waiting"))
        self.body.setSpacing(s.m)
        self.handed = HandedNotice(context)
        self.body.addWidget(self.handed)
        self.body.addWidget(Beside((self.folder, by_file), shares=(3, 2)))
        self.reading = ReadingWords(context)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.unsent)
        self.body.addWidget(self.report)
        self.body.addWidget(self.reading)
        self.body.addWidget(self.tabs, 1)
        self._exchanger.began.connect(self._on_began)
        self._exchanger.ended.connect(self._on_ended)
        self._exchanger.imported.connect(self._on_imported)
        self._delivery.changed.connect(self._unsent.ask_again)

    def _waiting_tab(self) -> QWidget:
        s = sizes(self)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, s.m, 0, 0)
        inside.setSpacing(s.m)
        inside.addWidget(self.waiting)
        beside = QHBoxLayout()
        self.send_away = own_size_button(self.tr("Send strangers’ acts away"))
        self.send_away.clicked.connect(self._ask_send_away)
        beside.addWidget(self.send_away)
        beside.addStretch(1)
        inside.addLayout(beside)
        return holder

    def title(self) -> str:
        return self.tr("Exchange")

    def activated(self, argument: object) -> None:
        if argument == "waiting":
            self.tabs.setCurrentIndex(1)
        elif argument == "refused":
            self.tabs.setCurrentIndex(0)
        running = self._exchanger.running
        if running is not None:
            self._on_began(running, self.tr("Sending and fetching"))
        self.folder.set_outcome(self._exchanger.last)
        self._look()
        self._ask()

    def refresh(self, changes: Changes) -> None:
        if changes.any_case:
            self._look()
            self._ask()

    def _ask(self) -> None:
        self.refused.refresh()
        self.waiting.refresh()
        self.counting.ask_again()
        self._unsent.ask_again()

    # -------------------------------------------------------------------------------------------------------- folder
    def _look(self) -> None:
        handle = self.context.run(JobLane.EXCHANGE, folder_of, owner=self)
        handle.done.connect(self._on_folder)

    def _on_folder(self, folder: str) -> None:
        self.sync_action.setEnabled(bool(folder))
        self.choose_action.setText(self.tr("&Choose another folder…") if folder else self.tr("&Choose a folder…"))
        self.folder.set_folder(folder)
        if folder:
            handle = self.context.run(JobLane.EXCHANGE, work.look_at_folder, Path(folder), owner=self)
            handle.done.connect(self._on_health)

    def _on_health(self, found: FolderLook) -> None:
        self.folder.set_health(found)
        self.folder.set_outcome(self._exchanger.last)

    def _sync(self) -> None:
        self._exchanger.run(by_hand=True)

    def _choose(self) -> None:
        self.context.ask("choose-folder")

    def _import(self) -> None:
        self.context.ask("import")

    def _export(self) -> None:
        self.context.ask("export")

    # ------------------------------------------------------------------------------------------------------- answers
    def _on_began(self, handle: JobHandle[Any], title: str) -> None:
        self.progress.follow(handle, title)

    def _on_ended(self, outcome: ExchangeOutcome) -> None:
        self.folder.set_outcome(outcome)

    def _on_imported(self, done: Imported) -> None:
        lines = [line for report in done.reports for line in report.summary]
        lines += [f"{refusal.what_happened} {refusal.next_step}" for refusal in done.refused]
        lines += [
            f"{item.where}: {item.refusal.what_happened}" for report in done.reports for item in report.problems[:8]
        ]
        title = (
            self.tr("Imported: {names}").format(names=", ".join(done.names))
            if done.names
            else self.tr("Nothing was imported")
        )
        self.report.set_words(title, "\n".join(dict.fromkeys(lines)), Tone.WARN if done.refused else Tone.GOOD)
        self.report.setVisible(True)

    def _on_unsent(self, acts: tuple[UnsentAct, ...]) -> None:
        count = max(self._delivery.facts.unsent, len(acts)) if acts else 0
        title = self.tr("%Ln acts you signed have not been sent", "", count)
        self.unsent.set_words(title, unsent_lines(acts, count, most=4), Tone.WARN)
        self.unsent.setVisible(bool(acts))

    def _on_refused_count(self, count: int) -> None:
        self.tabs.setTabText(0, self.tr("Refused ({count})").format(count=number_words(count)))

    def _on_waiting_count(self, count: int) -> None:
        self.tabs.setTabText(1, self.tr("Waiting ({count})").format(count=number_words(count)))
        self.send_away.setEnabled(bool(count))

    def _ask_send_away(self) -> None:
        dialog = ConfirmDialog(
            self.tr("Send strangers’ acts away?"),
            self.tr(
                "Acts of people whom no roster lists go into quarantine, except those by which somebody asks to be "
                "listed. They come back by themselves once a roster lists their key."
            ),
            self.tr("Send away"),
            self,
        )
        dialog.accepted.connect(self._send_away)
        dialog.open()

    def _send_away(self) -> None:
        handle = self.context.run(JobLane.REGISTER, work.send_strangers_away, owner=self)
        handle.done.connect(self._on_sent_away)

    def _on_sent_away(self, done: tuple[int, int]) -> None:
        sent, left = done
        if left:
            self.context.say(
                self.tr("Quarantine is full. Acts that still wait: {count}").format(count=number_words(left))
            )
        else:
            self.context.say(self.tr("Acts sent into quarantine: {count}").format(count=number_words(sent)))
        self.context.tell(Changes(exchange=True))

    def _open(self, key: str) -> None:
        if key.startswith("act:"):
            self.context.go("people")
        else:
            self.context.go("case", key)
