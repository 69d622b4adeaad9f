"""Several use cases in one sheet: which can be signed together and which cannot, the signing, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.jobs import Bug, JobHandle, JobLane
from ui.page import Page
from ui.records.signed_pages import PagesDialog, as_prepared
from ui.several import subject, work
from ui.several.chosen import ChosenCases
from ui.several.entries import SortedCases
from ui.several.outcome import OutcomeOfSeveral
from ui.several.work import SortedOut
from ui.signing_job import SigningFlow
from ui.theme import Tone
from ui.widgets.boxes import bare_column, clear
from ui.widgets.panels import EmptyState, NoticePanel
from ui.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from intake.services.deciding.several import SheetOfSeveral, SignedOne
    from intake.services.installation.installation import PersonWithKey


class SeveralPage(Page):
    """Shown by ``context.go("several", ChosenCases(ids))``."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asked: ChosenCases | None = None
        self._found: SortedOut | None = None
        self._flow: SigningFlow | None = None
        self._running: JobHandle[None] | None = None
        self._sheet_signed: SheetOfSeveral | None = None
        self._signed: list[SignedOne] = []
        self._broken = False
        self._stale = False
        self.outcome: OutcomeOfSeveral | None = None
        self.sign = self.add_action(
            self.tr("&Sign these together…"), self._on_sign, "Ctrl+Shift+Return", button=True, primary=True,
            tip=self.tr("One passphrase for all; each is shown before, and signed after the other"),
        )  # fmt: skip
        self.add_action(self.tr("&Back to the inbox"), self._on_inbox, button=True)
        self.problem = NoticePanel("", tone=Tone.WARN)
        self.progress = ProgressPanel()
        self.empty = EmptyState(self.tr("No use case is chosen"), self.tr("Choose some in the inbox."))
        self._sheet = QWidget()
        self._column = bare_column(self._sheet, self.body.spacing())
        for widget in (self.problem, self.progress, self.empty, self._sheet):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.problem.setVisible(False)
        self._offer()

    def title(self) -> str:
        return self.tr("Sign several use cases")

    def activated(self, argument: object) -> None:
        if not isinstance(argument, ChosenCases) or argument is self._asked:
            return
        if self._running is not None:
            self.context.say(self.tr("The use cases chosen before are still being signed."))
            return
        self._asked = argument
        self.outcome = None
        self._sort_out()

    def refresh(self, changes: Changes) -> None:
        # What is being signed is guarded by what was shown of it; what is only listed is looked at again.
        if not changes.any_case or self._found is None:
            return
        if self._flow is not None:
            self._stale = True
        else:
            self._sort_out()

    # ------------------------------------------------------------------------------------------------- what can be
    def _sort_out(self) -> None:
        assert self._asked is not None
        self._found, self._stale = None, False
        self._offer()
        self.problem.setVisible(False)
        clear(self._column)
        self.empty.title.setText(self.tr("Looking through the use cases…"))
        self.empty.text.setText(self.tr("The pages of each are made, so that they can be looked at before."))
        self.empty.setVisible(True)
        handle = self.context.run(JobLane.PAPER, work.sort_out, self._asked.cases, owner=self)
        handle.done.connect(self._on_sorted)
        handle.refused.connect(self._on_refused)
        handle.cancelled.connect(self._on_stopped)
        self.progress.follow(handle, self.tr("Looking through the use cases"))
        # Once its button to cancel is gone, which may have the keyboard.
        handle.finished.connect(self.focus_first)

    def _on_sorted(self, found: SortedOut) -> None:
        self._found = found
        self.empty.setVisible(False)
        clear(self._column)
        shown = SortedCases(found, self._sheet)
        shown.opened.connect(self._open)
        shown.looked.connect(self._look)
        self._column.addWidget(shown)
        shown.show()
        self._offer()

    def _on_refused(self, refusal: Refusal) -> None:
        self.empty.setVisible(False)
        self.problem.tell(refusal)

    def _on_stopped(self) -> None:
        self.empty.title.setText(self.tr("Stopped"))
        self.empty.text.setText(self.tr("Nothing is signed. Choose fewer in the inbox, or the same again."))

    def _offer(self) -> None:
        self.sign.setEnabled(self._found is not None and bool(self._found.sheet.ready))

    # ----------------------------------------------------------------------------------------------------- signing
    def _on_sign(self) -> None:
        found = self._found
        if found is None or self._flow is not None:
            return
        flow = SigningFlow(self.context, subject.several(found), JobLane.PAPER, work.open_key, parent=self)
        self._flow = flow
        flow.done.connect(self._on_key)
        flow.dialog.looking.connect(self._on_looking)
        flow.dialog.rejected.connect(self._on_closed)

    def _on_closed(self) -> None:
        self._flow = None
        if self._stale:
            self._sort_out()

    def _on_looking(self) -> None:
        """Whose pages? They are shown over the sheet."""
        found, flow = self._found, self._flow
        if found is None or flow is None:
            return
        if len(found.sheet.ready) == 1:
            self._look(found.sheet.ready[0].case)
            return
        menu = QMenu(self.tr("Pages of"), flow.dialog)
        for prepared in found.sheet.ready:
            action = menu.addAction(f"{prepared.reference} {prepared.title}".replace("&", "&&"))
            action.setData(prepared.case)
        menu.triggered.connect(self._on_pages)
        menu.aboutToHide.connect(menu.deleteLater)
        button = flow.dialog.pages
        assert button is not None
        menu.popup(button.mapToGlobal(button.rect().topLeft()))

    def _on_pages(self, action: QAction) -> None:
        self._look(str(action.data()))

    def _look(self, case: str) -> None:
        found = self._found
        if found is None:
            return
        pdf = next(prepared.pdf for prepared in found.sheet.ready if prepared.case == case)
        PagesDialog(self.context, as_prepared, pdf, parent=self._flow.dialog if self._flow else self).open()

    def _on_key(self, signer: PersonWithKey) -> None:
        found = self._found
        assert found is not None
        self._flow, self._found, self._stale = None, None, False
        self._sheet_signed, self._signed, self._broken = found.sheet, [], False
        self._offer()
        clear(self._column)
        self.empty.title.setText(self.tr("Signing…"))
        self.empty.text.setText(
            self.tr("Each is stored before the next begins. What is signed stays, should you cancel.")
        )
        self.empty.setVisible(True)
        handle = self.context.run(JobLane.PAPER, work.give_each, signer, found.sheet, self._signed, owner=self)
        self._running = handle
        handle.failed.connect(self._on_failed)
        self.progress.follow(handle, self.tr("Signing the use cases"))
        handle.finished.connect(self._on_ended)

    def _on_failed(self, _: Bug) -> None:
        self._broken = True

    def _on_ended(self) -> None:
        assert self._sheet_signed is not None
        self._running = None
        self.empty.setVisible(False)
        clear(self._column)
        self.outcome = OutcomeOfSeveral(
            self.context, self._sheet_signed, tuple(self._signed), broken=self._broken, parent=self._sheet
        )
        self.outcome.opened.connect(self._open)
        self._column.addWidget(self.outcome)
        self.outcome.show()
        cases = frozenset(item.prepared.case for item in self._signed if item.given is not None)
        if cases:
            self.context.tell(Changes(cases=cases))
        self.focus_first()

    # -------------------------------------------------------------------------------------------------- navigation
    def _open(self, case: str) -> None:
        self.context.go("review", case)

    def _on_inbox(self) -> None:
        self.context.go("inbox")
