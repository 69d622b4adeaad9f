"""Your own playbook: check a folder that adds to the core, see what it changes, and accept it with a signature."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from intake.domain.base.refusals import Refusal
from ui import files
from ui.context import Changes, Context
from ui.exchange.delivery_line import DeliveryLine
from ui.jobs import JobLane
from ui.page import Page
from ui.playbook import work
from ui.playbook.findings import DifferencesCard, ProblemsCard, UnreachedCard
from ui.playbook.subject import accepting
from ui.playbook.work import CurrentPlaybook, FolderCheck
from ui.signing_job import SigningFlow
from ui.theme import Tone
from ui.widgets.boxes import clear
from ui.widgets.labels import digest, quiet, strong
from ui.widgets.panels import Card, EmptyState, NoticePanel
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.organisation.people import RosterChange

KEPT = "playbook/folder"
"""The setting that keeps the folder checked last."""


class PlaybookPage(Page):
    """``context.go("playbook")``."""

    ready = Signal()
    """What a check found is on the page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.use: CurrentPlaybook | None = None
        self.found: FolderCheck | None = None
        self._make_actions()
        self.set_lead(
            self.tr(
                "Add questions, thresholds and controls of your own in a folder of text files. It can make the core "
                "stricter and never weaker, so what the law asks stays."
            )
        )
        self._current = QVBoxLayout()
        self.body.addLayout(self._current)
        self.delivery = DeliveryLine(context, "")
        self.body.addWidget(self.delivery)
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        self.refused = NoticePanel("", tone=Tone.BAD)
        self.refused.setVisible(False)
        self.body.addWidget(self.refused)
        self.empty = EmptyState(
            self.tr("No folder checked yet"),
            self.tr(
                "Choose a folder with a file meta.toml. Every slip in it is shown with its file and line, and nothing "
                "changes before an administrator signs. The example is a whole folder to begin with."
            ),
            action=self.choose_action,
        )
        self.body.addWidget(self.empty)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(self.body.spacing())
        self.body.addLayout(self._findings)
        self.body.addStretch(1)

    def title(self) -> str:
        return self.tr("Your own playbook")

    def activated(self, argument: object) -> None:
        self._look()

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._look()

    def take_files(self, paths: Sequence[Path]) -> bool:
        """A folder dropped on the window is checked."""
        folder = next((path for path in paths if path.is_dir()), None)
        if folder is not None:
            self.check(folder)
        return folder is not None

    def check(self, folder: Path) -> None:
        """Check a folder; what was found before stays until then."""
        self.context.settings.set_text(KEPT, str(folder))
        self.refused.setVisible(False)
        handle = self.context.run(JobLane.PAPER, work.check, folder, owner=self)
        handle.done.connect(self._on_found)
        handle.refused.connect(self._on_refused)
        self.progress.follow(handle, self.tr("Checking {name}").format(name=folder.name))

    def accept(self) -> None:
        """Show what would be signed."""
        if self.use is None or self.found is None or self.found.checked.playbook is None:
            return
        playbook = self.found.checked.playbook
        subject = accepting(self.use, playbook, self.found.checked.differences)
        signing = SigningFlow(
            self.context, subject, JobLane.KEYS, work.accept, playbook, parent=self, allowed=work.may_accept
        )
        signing.done.connect(self._on_signed)

    def _make_actions(self) -> None:
        self.choose_action = self.add_action(self.tr("&Choose a folder…"), self._choose, "Ctrl+Shift+O", button=True)
        self.again_action = self.add_action(self.tr("Check a&gain"), self._again, "Ctrl+Shift+R", button=True)
        self.again_action.setEnabled(False)
        self.example_action = self.add_action(self.tr("Save an &example…"), self._ask_example, button=True)
        self.accept_action = self.add_action(self.tr("&Accept…"), self.accept, "Ctrl+Return", button=True, primary=True)
        self.accept_action.setEnabled(False)

    def _look(self) -> None:
        handle = self.context.run(JobLane.REGISTER, work.look, owner=self)
        handle.done.connect(self._on_looked)

    def _on_looked(self, use: CurrentPlaybook) -> None:
        self.use = use
        clear(self._current)
        card = Card()
        card.box.addWidget(quiet(self.tr("New use cases are asked by")))
        card.box.addWidget(strong(use.title))
        card.box.addWidget(digest(use.digest))
        self._current.addWidget(card)
        self._enable()

    def _on_found(self, found: FolderCheck) -> None:
        self.found = found
        self.empty.setVisible(False)
        clear(self._findings)
        checked = found.checked
        if checked.playbook is None:
            self._findings.addWidget(self._wrong(found.folder.name, len(checked.problems)))
            self._findings.addWidget(ProblemsCard(checked.problems))
        else:
            title = self.tr("{title} is in order").format(title=work.named(checked.playbook))
            self._findings.addWidget(NoticePanel(title, self._what_next(found), Tone.GOOD))
            if checked.unreachable:
                self._findings.addWidget(UnreachedCard([str(item) for item in checked.unreachable]))
            self._findings.addWidget(DifferencesCard(checked.differences))
        self._enable()
        self.ready.emit()

    def _wrong(self, name: str, count: int) -> NoticePanel:
        title = self.tr("%Ln things to fix in {name}", "", count).format(name=name)
        text = self.tr("Fix the files, save them and check again. Nothing was changed.")
        return NoticePanel(title, text, Tone.BAD)

    def _what_next(self, found: FolderCheck) -> str:
        if found.known:
            return self.tr("The organisation accepts exactly this playbook already.")
        if found.waits:
            return self.tr("It waits for the other administrators: they endorse it under People.")
        if self.use is None or not self.use.version:
            return self.tr("It can be accepted once the organisation is founded.")
        if not self.use.may:
            return self.tr("An administrator can accept it. Send the folder to one, or ask one to check it.")
        return self.tr(
            "Read what changes, then accept it: a majority of the administrators has to agree. It then travels to "
            "everybody, and drafts keep the playbook they were begun with."
        )

    def _enable(self) -> None:
        found, use = self.found, self.use
        whole = found is not None and found.checked.playbook is not None and not (found.known or found.waits)
        self.accept_action.setEnabled(whole and use is not None and use.may)
        self.again_action.setEnabled(bool(self.context.settings.text(KEPT)))

    def _on_refused(self, refusal: Refusal) -> None:
        self.refused.tell(refusal)
        self._enable()
        self.ready.emit()

    def _choose(self) -> None:
        start = self.context.settings.text(KEPT)
        files.ask_folder(self, self.tr("The folder with the playbook"), self._on_chosen, start=start)

    def _on_chosen(self, path: str) -> None:
        self.check(Path(path))

    def _again(self) -> None:
        self.check(Path(self.context.settings.text(KEPT)))

    def _ask_example(self) -> None:
        files.ask_folder(self, self.tr("Where shall the example go?"), self._on_example)

    def _on_example(self, path: str) -> None:
        handle = self.context.run(JobLane.PAPER, work.save_example, Path(path), owner=self)
        handle.done.connect(self._on_saved)
        handle.refused.connect(self._on_refused)

    def _on_saved(self, folder: Path) -> None:
        self.context.say(self.tr("Saved as {name}").format(name=folder.name))
        self.check(folder)

    def _on_signed(self, change: RosterChange) -> None:
        self.context.say(
            self.tr("The new roster is in force")
            if change.in_force
            else self.tr("Signed; it waits for the other administrators")
        )
        self.context.tell(Changes(people=True, everything=True))
        self._again()
