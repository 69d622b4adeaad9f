"""One question with the answers of several revisions side by side, as a line that opens; perhaps with one to choose."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from intake.domain.guide.choosing import AnswerChoice, ChoiceState
from intake.domain.guide.side_by_side import AnswersBeside
from ui.texts import Texts
from ui.theme import Tone, sizes
from ui.widgets.blocks import Beside, LongWords
from ui.widgets.boxes import bare_column
from ui.widgets.fold import Fold
from ui.widgets.labels import Label, quiet
from ui.widgets.panels import own_size_button


class AnswersBesideRow(Fold):
    """``names`` are what the sides are called, in the order of the answers.

    With ``choosing`` each side has a button, and ``taken`` carries the place of the one that is pressed.
    """

    taken = Signal(str, int)

    def __init__(
        self,
        row: AnswersBeside,
        names: Sequence[str],
        parent: QWidget | None = None,
        *,
        is_open: bool = True,
        choosing: bool = False,
    ) -> None:
        super().__init__(row.label, parent=parent, is_open=is_open)
        self.row = row
        self._names = tuple(names)
        self._choosing = choosing
        self.buttons: tuple[QPushButton, ...] = ()
        self.note: Label | None = None
        if is_open:
            self._fill_in(self)
        else:
            self.fill_when_opened(self._fill_in)

    def _fill_in(self, _: Fold) -> None:
        if self.row.text and self.row.text != self.row.label:
            self.box.addWidget(quiet(self.row.text))
        self.note = Label("")
        self.note.hide()
        self.box.addWidget(self.note)
        made = [self._side(place, name) for place, name in enumerate(self._names)]
        self.buttons = tuple(button for _, button in made if button is not None)
        self.box.addWidget(Beside([side for side, _ in made], least=26))
        self._mark_buttons()

    def _side(self, place: int, name: str) -> tuple[QWidget, QPushButton | None]:
        holder = QWidget()
        box = bare_column(holder, sizes(self).xs)
        box.addWidget(quiet(name))
        if self.row.given[place] is None:
            # In the look of what the program says: nobody’s words are shown like that.
            box.addWidget(quiet(AnswersBesideTexts.tr("No answer")))
        else:
            box.addWidget(LongWords(self.row.said[place], f"{self.row.label}, {name}", whole=True))
        button = None
        if self._choosing:
            button = own_size_button(AnswersBesideTexts.tr("Take this answer"))
            button.clicked.connect(partial(self._on_taken, place))
            box.addWidget(button)
        box.addStretch(1)
        return holder, button

    def _on_taken(self, place: int, _: bool = False) -> None:
        self.taken.emit(self.row.id, place)

    # ---------------------------------------------------------------------------------------------------- choosing
    _choice: AnswerChoice | None = None
    _may = True

    def set_choice(self, choice: AnswerChoice, own: str = "", *, may: bool = True) -> None:
        """Say what became of the choice; ``own`` is the answer that is none of these. Without ``may`` nothing is offered."""
        self._choice, self._own, self._may = choice, own, may
        self.set_words(self.row.label, *self._chip(choice))
        if self.buttons:
            self._mark_buttons()

    _own = ""

    def _chip(self, choice: AnswerChoice) -> tuple[str, Tone]:
        if choice.state is ChoiceState.CHOSEN and choice.side is not None:
            return AnswersBesideTexts.tr("chosen: {revision}").format(revision=self._names[choice.side]), Tone.GOOD
        return {
            ChoiceState.OPEN: (AnswersBesideTexts.tr("to choose"), Tone.WARN),
            ChoiceState.OWN: (AnswersBesideTexts.tr("another answer"), Tone.INFO),
        }.get(choice.state, (AnswersBesideTexts.tr("not asked now"), Tone.NEUTRAL))

    def _mark_buttons(self) -> None:
        choice = self._choice
        if choice is None:
            return
        for place, button in enumerate(self.buttons):
            sure = choice.state is ChoiceState.CHOSEN and choice.side == place
            button.setText(AnswersBesideTexts.tr("Chosen") if sure else AnswersBesideTexts.tr("Take this answer"))
            words = (
                AnswersBesideTexts.tr("Chosen: {revision}, {question}")
                if sure
                else AnswersBesideTexts.tr("Take the answer of {revision}: {question}")
            )
            button.setAccessibleName(words.format(revision=self._names[place], question=self.row.label))
            button.setAccessibleDescription(self.row.said[place][:300])
            # What is not asked is not filed, so there is nothing to choose; the keyboard stays on what was just chosen.
            button.setEnabled(self._may and choice.state is not ChoiceState.NOT_ASKED)
        if self.note is not None:
            self.note.setText(self._note(choice))
            self.note.setVisible(bool(self.note.text()))

    def _note(self, choice: AnswerChoice) -> str:
        if choice.state is ChoiceState.OWN:
            return AnswersBesideTexts.tr("The draft says: {answer}").format(answer=self._own or "–")
        if choice.state is ChoiceState.OPEN and choice.side is None:
            return AnswersBesideTexts.tr("What you had written: {answer}").format(answer=self._own or "–")
        if choice.state is ChoiceState.NOT_ASKED:
            return AnswersBesideTexts.tr("With the other answers of the draft this is not asked, and not filed.")
        return ""


class AnswersBesideTexts(Texts):
    pass
