"""What is looked up beside the writing: advice on thin answers, what would lower the tier, similar use cases.

All of it comes from the register's lane and never holds up an answer; without it the guide works all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.answer_checks import Hint
from intake.domain.answers import Answers
from intake.domain.playbook_whole import Playbook
from intake.domain.tier import Tier
from ui.context import Context
from ui.guide.shown import Shown
from ui.guide.similar_card import SimilarCard, described_by
from ui.jobs import Lane, Task
from ui.newest import Newest
from ui.widgets.dialogs import ConfirmDialog

if TYPE_CHECKING:
    from intake.domain.lowering import Lowering
    from intake.services.carrying import Carry
    from intake.services.filing import DraftView
    from intake.services.similar import Similar
    from intake.services.workspace import Seat


ALIKE = 0.2
"""The least share of telling words in common; below it, what is found is not worth a look."""


def advise(_: Task, seat: Seat, draft: str) -> tuple[str, tuple[Hint, ...]]:
    from intake.services.advice import advice

    return draft, tuple(advice(seat.desk, draft))


def lower(_: Task, __: Seat, playbook: Playbook, answers: Answers) -> tuple[Answers, tuple[Lowering, ...]]:
    from intake.domain.lowering import lowering

    return answers, tuple(lowering(playbook, answers))


def alike(_: Task, seat: Seat, text: str, case: str) -> tuple[Similar, ...]:
    from intake.services.similar import similar

    if not text:
        return ()
    found = similar(seat.desk, text, but=case, limit=SimilarCard.SHOWN)
    return tuple(item for item in found if item.score >= ALIKE)


def look_at(_: Task, seat: Seat, draft: str, case: str) -> Carry:
    from intake.services import carrying

    return carrying.look(seat.desk, draft, case)


def take_over(_: Task, seat: Seat, draft: str, case: str) -> DraftView:
    from intake.services import carrying

    return carrying.carry(seat.desk, draft, case)


class Advising(QObject):
    """``advised`` carries a draft and its hints, ``lowered`` answers and what would lower their tier."""

    advised = Signal(object)
    lowered = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._advice = Newest(context, advise, self, quietly=True)
        self._advice.found.connect(self.advised)
        self._lower = Newest(context, lower, self, quietly=True)
        self._lower.found.connect(self.lowered)

    def look(self, shown: Shown) -> None:
        """Look up what can be said about the answers as they are stored now."""
        self._advice.ask(shown.draft)

    def lower(self, shown: Shown) -> None:
        if shown.assessment.tier is not Tier.MINIMAL:
            self._lower.ask(shown.playbook, shown.guide.answers)


class SimilarCases(QObject):
    """Looks for similar use cases while one is described. ``carried`` carries the draft after one was used as a start."""

    carried = Signal(object)

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._screen = screen
        self._card: SimilarCard | None = None
        self._shown: Shown | None = None
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

    def follow(self, shown: Shown) -> None:
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
        handle = self._context.run(Lane.REGISTER, look_at, self._draft, case, owner=self)
        handle.done.connect(self._ask)

    def _ask(self, carry: Carry) -> None:
        self._chosen = carry.case
        words = self.tr(
            "Its %Ln answers are copied into this draft, each marked “check this”. Your title, unit and stage stay, "
            "files are not copied, and the earlier request stays as it is.",
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
        handle = self._context.run(Lane.REGISTER, take_over, self._draft, self._chosen, owner=self)
        handle.done.connect(self.carried)
