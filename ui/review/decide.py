"""The four actions of an office, each with what it leads to; a blocked one says why.

``offers`` works out which are possible with the terms as edited; the bar shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from intake.domain.base.refusals import Refusal
from intake.domain.case.already import said_already
from intake.domain.case.verbs import OpinionVerb
from intake.domain.case.writing import REASON_FOR_CHANGES, REASON_FOR_TERMS, REASON_TO_DECLINE
from intake.domain.terms.terms import Terms
from ui.texts import Texts
from ui.theme import Tone, colours, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import quiet
from ui.widgets.panels import action_button
from ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from intake.services.deciding.reviewing import CaseView

APPROVE, PROPOSE, CHANGES, DECLINE = "approve", "propose", "changes", "decline"


REASON_FOR = {
    APPROVE: REASON_FOR_TERMS,
    PROPOSE: REASON_FOR_TERMS,
    CHANGES: REASON_FOR_CHANGES,
    DECLINE: REASON_TO_DECLINE,
}
"""Where the reason of each action is kept until it is signed."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One action now: what it is called, its consequence, or in ``blocked`` why it is not possible, and ``why`` in full."""

    key: str
    text: str
    consequence: str
    blocked: str = ""
    why: str = ""


def offers(view: CaseView, edited: Terms | Refusal) -> tuple[Offer, ...]:
    """The four actions with the terms as they are in the editor (a refusal when they cannot be read)."""
    choices = {str(choice.action.value): choice for choice in view.choices}
    verb = verb_of(view, edited)
    found = []
    for key, choice in choices.items():
        blocked, consequence = choice.blocked, choice.consequence
        if key == APPROVE:
            if verb is not OpinionVerb.APPROVE:
                # What speaks against the terms in question says nothing of these.
                blocked = choices[PROPOSE].blocked
            blocked = blocked or _against_approving(view, edited, verb)
        elif not blocked and key == PROPOSE:
            if verb is OpinionVerb.PROPOSE:
                blocked = _against_proposing(view, edited)
            elif not view.signed:
                consequence = DecideTexts.tr("This button takes you to the terms. Nothing is signed yet.")
            else:
                consequence = DecideTexts.tr("Change the terms first: this button takes you to them.")
        found.append(Offer(key, _called(view, key, verb), consequence, _first_sentence(blocked), blocked))
    return tuple(found)


def verb_of(view: CaseView, edited: Terms | Refusal) -> OpinionVerb:
    """What signing the edited terms is called; while they cannot be read, what they would be once they can."""
    if isinstance(edited, Refusal):
        return OpinionVerb.PROPOSE if view.signed else OpinionVerb.APPROVE_MINE
    return view.verb(edited) if view.office is not None else OpinionVerb.APPROVE


def what_terms_amount_to(view: CaseView, edited: Terms | Refusal, found: Sequence[Offer]) -> tuple[str, Tone]:
    """The sentence above the editor, with its tone: what signing the terms in it would do."""
    if isinstance(edited, Refusal):
        return edited.sentence, Tone.BAD
    verb, other = verb_of(view, edited), view.office.other.label if view.office else ""
    words = {
        OpinionVerb.APPROVE_MINE: DecideTexts.tr(
            "You changed these terms. Signing them approves them, and asks the {office} to sign the same."
        ),
        OpinionVerb.PROPOSE: DecideTexts.tr("You changed these terms. Signing them proposes them to the {office}."),
    }
    if verb in words:
        return words[verb].format(office=other), Tone.WARN
    return next(offer.blocked or offer.consequence for offer in found), Tone.INFO


def _called(view: CaseView, key: str, verb: OpinionVerb) -> str:
    """The words of a button. They are those of ``OpinionVerb``, with a letter to press."""
    if key == APPROVE:
        return (
            DecideTexts.tr("&Approve with my terms…")
            if verb is OpinionVerb.APPROVE_MINE
            else DecideTexts.tr("&Approve these terms…")
        )
    if key == PROPOSE:
        return DecideTexts.tr("Propose &other terms…") if view.signed else DecideTexts.tr("Change the &terms")
    if view.suspends:
        if key == CHANGES:
            return DecideTexts.tr("&Request changes and suspend…")
        return DecideTexts.tr("&Decline and suspend…")
    return DecideTexts.tr("&Request changes…") if key == CHANGES else DecideTexts.tr("&Decline…")


def _against_approving(view: CaseView, edited: Terms | Refusal, verb: OpinionVerb) -> str:
    if isinstance(edited, Refusal):
        return edited.what_happened
    if _mine(view, edited):
        return _signed_already()
    if verb is OpinionVerb.PROPOSE:
        signed = view.proposal_of
        if edited == view.proposal:
            return DecideTexts.tr("Other terms are signed on this revision: propose these instead.")
        if signed is None or signed is view.office:
            return DecideTexts.tr("You changed the terms you signed: propose the new ones, or undo your changes.")
        return DecideTexts.tr("You changed the {office}’s terms: propose yours, or undo your changes.").format(
            office=signed.label
        )
    if against := view.against_grant(edited):
        return against.what_happened
    if edited.expired(view.today):
        if verb is OpinionVerb.APPROVE_MINE:
            return _over_already()
        return DecideTexts.tr("These terms are over: propose others that end later.")
    return ""


def _against_proposing(view: CaseView, edited: Terms | Refusal) -> str:
    if isinstance(edited, Refusal):
        return edited.what_happened
    if _mine(view, edited):
        return _signed_already()
    if against := view.against_grant(edited):
        return against.what_happened
    return _over_already() if edited.expired(view.today) else ""


def _signed_already() -> str:
    return DecideTexts.tr("You have signed these terms already.")


def _over_already() -> str:
    return DecideTexts.tr("These terms would be over already: choose a later day under “Until”.")


def _mine(view: CaseView, edited: Terms) -> bool:
    """Whether these terms are signed already, and nothing has come since that signing them again would answer."""
    judged = view.judged(edited)
    if view.office is None or judged is None:
        return False
    return said_already(view.state, view.person, view.office, edited.digest, judged.on_terms.digest)


def _first_sentence(text: str) -> str:
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


class DecideBar(QFrame):
    """Side by side: each button, and below it one sentence. With large letters in as few columns as words need.

    A long reason why one is not possible has the whole width, or it would take the room of what is read.
    """

    LONG = 120
    """Characters: four lines of a column."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        s = sizes(self)
        self.setAccessibleName(self.tr("What you can do"))
        self._actions = dict(actions)
        outer = bare_column(self, s.s)
        outer.setContentsMargins(0, s.m, 0, 0)
        self._grid = QGridLayout()
        self._grid.setSpacing(s.l)
        outer.addLayout(self._grid)
        self.reason = quiet("")
        self.reason.setVisible(False)
        outer.addWidget(self.reason)
        self._columns: list[QWidget] = []
        self._buttons: list[QPushButton] = []
        self._across = 0
        self.words = {}
        for key, action in self._actions.items():
            column = QWidget()
            column.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            box = bare_column(column, s.xs)
            button = action_button(action, primary=key == APPROVE)
            if key == DECLINE:
                button.setProperty("role", "danger")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            words = quiet("")
            self.words[key] = words
            box.addWidget(button)
            box.addWidget(words)
            box.addStretch(1)
            self._columns.append(column)
            self._buttons.append(button)
        self._arrange(len(self._columns))

    def set_offers(self, found: Sequence[Offer]) -> None:
        reasons: list[str] = []
        for offer in found:
            action, words = self._actions[offer.key], self.words[offer.key]
            action.setText(offer.text)
            action.setEnabled(not offer.blocked)
            action.setStatusTip(offer.why or offer.consequence)
            action.setToolTip(plain_tip(offer.why or offer.consequence))
            words.setText(self._below(offer, reasons))
            words.setToolTip(plain_tip(offer.why))
        self.reason.setText("\n".join(reasons))
        self.reason.setVisible(bool(reasons))
        self._fit()

    def _below(self, offer: Offer, reasons: list[str]) -> str:
        """The sentence below a button; a long one is added to ``reasons``."""
        if not offer.blocked:
            return offer.consequence
        if len(offer.blocked) <= self.LONG:
            return self.tr("Not possible: {reason}").format(reason=offer.blocked)
        if offer.blocked not in reasons:
            reasons.append(offer.blocked)
        return self.tr("Not possible; the reason is below.")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widest = max(button.sizeHint().width() for button in self._buttons) + self._grid.horizontalSpacing()
        fitting = max(1, (self.width() + self._grid.horizontalSpacing()) // widest)
        # Three beside one would look as if the fourth did not belong.
        self._arrange(next(count for count in (4, 2, 1) if count <= fitting))

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for column in self._columns:
            self._grid.removeWidget(column)
        for number, column in enumerate(self._columns):
            self._grid.addWidget(column, number // across, number % across)
        for number in range(len(self._columns)):
            self._grid.setColumnStretch(number, 1 if number < across else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(colours(self.palette()).hair, 1))
        box = QRectF(self.rect())
        painter.drawLine(box.topLeft(), box.topRight())
        painter.end()


class DecideTexts(Texts):
    pass
