"""Similar use cases, looked up while one is described, and taking the answers of one over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.guide.answer.similar_card import SimilarCard, described_by
from ui.guide.shown import ShownDraft
from ui.jobs import JobLane, JobTask
from ui.newest import Newest
from ui.widgets.dialogs import ConfirmDialog

if TYPE_CHECKING:
    from intake.services.filing.earlier_answers import Carry
    from intake.services.filing.filing import DraftView
    from intake.services.filing.similar import Similar
    from intake.services.installation.workspace import Session


def alike(_: JobTask, session: Session, text: str, case: str) -> tuple[Similar, ...]:
    from intake.services.filing.similar import similar

    if not text:
        return ()
    return similar(session.installation, text, but=case, limit=SimilarCard.SHOWN)


def look_at(_: JobTask, session: Session, draft: str, case: str) -> Carry:
    from intake.services.filing import earlier_answers

    return earlier_answers.look(session.installation, draft, case)


def take_over(_: JobTask, session: Session, draft: str, case: str) -> DraftView:
    from intake.services.filing import earlier_answers

    return earlier_answers.carry(session.installation, draft, case)


class SimilarCases(QObject):
    """Looks for similar use cases while one is described. ``carried`` carries the draft after one was used as a start."""

    carried = Signal(object)

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._card: SimilarCard | None = None
        self._shown: ShownDraft | None = None
        self._draft = ""
        self._case = ""
        self._text = ""
        self._chosen = ""
        self._search = Newest(context, alike, self, quietly=True)
        self._search.found.connect(self._on_found)

    def serve(self, card: SimilarCard | None) -> None:
        """From now on fill this card; None where nothing is described."""
        self._card = card
        self._text = ""
        if card is not None:
            card.opened.connect(self._on_open)
            card.used.connect(self._on_use)
            if self._shown is not None:
                self.follow(self._shown)

    def follow(self, shown: ShownDraft) -> None:
        """Look again when the description has changed."""
        self._shown = shown
        if self._card is None:
            return
        self._draft, self._case = shown.draft, shown.view.row.case
        said = (shown.guide.answers.get(name) for name in described_by(shown.playbook))
        text = "\n".join(answer.value for answer in said if answer is not None and isinstance(answer.value, str))
        if text != self._text:
            self._text = text
            self._search.ask(text, self._case)

    def _on_found(self, found: object) -> None:
        if self._card is not None and isinstance(found, tuple):
            self._card.set_cases(found)

    def _on_open(self, case: str) -> None:
        self._context.go("case", case)

    def _on_use(self, case: str) -> None:
        handle = self._context.run_before_dialog(JobLane.REGISTER, look_at, self._draft, case, owner=self)
        if handle is not None:
            handle.done.connect(self._ask)

    def _ask(self, carry: Carry) -> None:
        self._chosen = carry.case
        words = self.tr(
            "Its %Ln answers are copied into this draft, each marked “check this”. Your title, unit and stage stay, "
            "files are not copied, and the earlier use case stays as it is.",
            "",
            carry.count,
        )
        if carry.replaced:
            lost = self.tr("%Ln answers you have given are replaced: {labels}.", "", len(carry.replaced))
            words += "\n\n" + lost.format(labels=", ".join(carry.replaced))
        dialog = ConfirmDialog(
            self.tr("Use “{title}” as a start?").format(title=carry.title),
            words,
            self.tr("Copy its answers"),
            self._screen,
            danger=bool(carry.replaced),
        )
        dialog.accepted.connect(self._take)
        dialog.open()

    def _take(self) -> None:
        handle = self._context.run(JobLane.REGISTER, take_over, self._draft, self._chosen, owner=self)
        handle.done.connect(self.carried)
