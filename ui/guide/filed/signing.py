"""Signing and filing: the sheet that shows exactly what is signed, and the passphrase that does it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.base.refusals import Refusal
from ui.context import Changes, Context
from ui.guide.check.news import NewsPanel
from ui.guide.filed.preparing import ToSign, pages, prepare
from ui.guide.filed.subject import subject
from ui.guide.shown import ShownDraft
from ui.guide.work import Done, confirm_seen, sign_and_file
from ui.jobs import JobLane
from ui.records.signed_pages import PagesWords, SignedPages
from ui.signing_job import SigningFlow
from ui.widgets.dialogs import show_refusal
from ui.widgets.signing import SigningDialog

_MOVED = ("CaseMoved", "NotSeenYet", "NotKnownWhatWasSeen", "DraftMoved")
"""Refusals that trying again does not lift: something has come to the use case, or what was read is not the draft now."""


class Filing(QObject):
    """One draft on its way to being filed. ``filed`` carries what came of it; until then the draft stays as it is.

    ``confirmed`` carries the draft after its owner has said to have seen what has come to its use case.
    """

    filed = Signal(object)
    confirmed = Signal(object)

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._shown: ShownDraft | None = None
        self._dialog: SigningDialog | None = None

    def begin(self, shown: ShownDraft) -> None:
        """Look once more at everything, then ask for the passphrase."""
        self._shown = shown
        handle = self._context.run_before_dialog(JobLane.REGISTER, prepare, shown.draft, owner=self)
        if handle is not None:
            handle.done.connect(self._ask)
            handle.refused.connect(self._on_unready)

    def serve(self, *panels: NewsPanel) -> None:
        """Let these panels lead to the use case, and confirm that what has come to it was seen."""
        for panel in panels:
            panel.looking.connect(self.look)
            panel.seen.connect(self.confirm)

    def look(self, case: str) -> None:
        self._context.go("case", case)

    def confirm(self, draft: str, seen: tuple[str, ...]) -> None:
        """Keep that these acts have been seen."""
        handle = self._context.run(JobLane.REGISTER, confirm_seen, draft, seen, owner=self, certain=True)
        handle.done.connect(self.confirmed)
        handle.refused.connect(self._on_unready)

    def _ask(self, made: object) -> None:
        if not isinstance(made, ToSign) or self._shown is None:
            return
        draft = self._shown.draft
        signing = SigningFlow(
            self._context,
            subject(made, self._shown),
            JobLane.PAPER,
            sign_and_file,
            draft,
            made.content,
            parent=self._screen,
            closing=_MOVED,
        )
        words = PagesWords(
            self.tr("A copy of these answers"),
            self.tr("Your signature is put under the answers themselves. These pages show them, and are not signed."),
        )
        SignedPages(self._context, signing, pages, draft, made.content, words=words)
        signing.done.connect(self._on_signed)
        signing.turned_away.connect(self._on_unready)
        self._dialog = signing.dialog

    def _on_signed(self, done: object) -> None:
        if isinstance(done, Done) and self._shown is not None:
            draft = self._shown.draft
            # First: the guide has left the draft, which is gone, when everybody reads again.
            self.filed.emit(done)
            self._context.tell(Changes(cases=frozenset({done.filed.case}), drafts=frozenset({draft})))

    def _on_unready(self, refusal: Refusal) -> None:
        show_refusal(refusal, self._screen)
        if refusal.code in _MOVED and self._shown is not None:
            # The page reads the use case again and shows what has come.
            self._context.tell(Changes(cases=frozenset({self._shown.view.row.case})))
