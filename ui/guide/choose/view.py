"""The answers in which competing revisions differ, side by side, each with the one to take; what is open is said on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from intake.domain.guide.choosing import AnswerChoice, ChoiceState
from intake.domain.guide.side_by_side import AnswersBeside, in_words
from ui.guide.check.news import NewsPanel
from ui.guide.sheet import GuideView, walk
from ui.guide.shown import ShownDraft
from ui.theme import Tone, sizes
from ui.widgets.answers_beside_sheet import AnswersBesideSheet
from ui.widgets.blocks import Beside
from ui.widgets.boxes import ButtonRow, bare_column, clear
from ui.widgets.labels import Label
from ui.widgets.links import LinkButton
from ui.widgets.panels import NoticePanel, action_button, own_size_button
from ui.words.revisions import revision_names, revision_words

if TYPE_CHECKING:
    from intake.services.filing.comparing import RevisionsCompared


class ChooseView(QWidget):
    """``taken`` carries the id of a revision and the questions whose answers of it are taken; no question means all."""

    taken = Signal(str, object)

    def __init__(self, check: QAction, parts: QAction, parent: QWidget | None = None) -> None:
        """``check`` leads to the check page, ``parts`` to the list of parts."""
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.view = GuideView()
        outer.addWidget(self.view, 1)
        box = self.view.box
        self.news = NewsPanel()
        box.addWidget(self.news)
        self.open = NoticePanel("", tone=Tone.WARN)
        self.first_open = LinkButton("", self.tr("Show the first"), name=self.tr("Show the first answer to choose"))
        self.first_open.followed.connect(self.focus_question)
        self.open.words.addWidget(self.first_open, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.open)
        box.addWidget(sides := QWidget())
        self._sides = bare_column(sides, sizes(self).s)
        self.all_of: tuple[QPushButton, ...] = ()
        self.sheet = AnswersBesideSheet(choosing=True)
        self.sheet.taken.connect(self._on_taken)
        self.sheet.grown.connect(self._on_grown)
        box.addWidget(self.sheet)
        self.check_button = action_button(check, primary=True)
        self._back = LinkButton("", self.tr("Back to all parts"))
        self._back.clicked.connect(parts.trigger)
        box.addWidget(ButtonRow(self.check_button, self._back))
        box.addStretch(1)
        self._shown: ShownDraft | None = None
        self._rows: tuple[AnswersBeside, ...] = ()
        self._of: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def complete(self) -> bool:
        return self.sheet.complete

    def follow(self, shown: ShownDraft) -> None:
        """Show these; what is built stays where only choices changed."""
        self._shown = shown
        revising = shown.revising
        found = revising.competing if revising is not None else None
        self.news.follow(shown)
        rows = tuple(choice.row for choice in shown.choices)
        of = (shown.draft, tuple(side.id for side in found.sides) if found is not None else ())
        if (of, rows) != (self._of, self._rows):
            self._of, self._rows = of, rows
            self._show_sides(found)
            names = revision_names(found.sides) if found is not None else []
            self.sheet.show_rows(rows, found.same if found is not None else (), names)
        self._mark()

    def focus_first(self) -> None:
        """At the top; the keyboard on the first answer to choose, if it is in sight, else on the way there."""
        self.view.to_top()
        first = self.first_open if not self.open.isHidden() and self.first_open.key else self.check_button
        first = first if self.news.isHidden() else self.news.look
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_question(self, name: str) -> None:
        """To the row of a question."""
        if name in {row.id for row in self._rows}:
            row = self.sheet.row(name)
            self._mark()
            row.head.setChecked(True)
            self.view.bring(row)
            (row.buttons[0] if row.buttons and row.buttons[0].isEnabled() else row.head).setFocus(
                Qt.FocusReason.OtherFocusReason
            )
        else:
            self.focus_first()

    def _show_sides(self, found: RevisionsCompared | None) -> None:
        """What competes, side by side as the answers below, each with the way to take all of it."""
        clear(self._sides)
        made, parts = [], []
        sides = found.sides if found is not None else ()
        for side, name in zip(sides, revision_names(sides), strict=True):
            part = QWidget()
            box = bare_column(part, sizes(self).s)
            box.addWidget(Label(revision_words(side)))
            button = own_size_button(
                self.tr("Take all answers of this one"),
                name=self.tr("Take all answers of {revision}").format(revision=name),
            )
            button.clicked.connect(partial(self._on_all, side.id))
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            made.append(button)
            parts.append(part)
        self.all_of = tuple(made)
        if parts:
            self._sides.addWidget(Beside(parts, least=34))

    def _mark(self) -> None:
        shown = self._shown
        if shown is None:
            return
        open_ones = [choice for choice in shown.choices if choice.state is ChoiceState.OPEN]
        self._say_open(shown, open_ones)
        may = shown.opened.news is None
        for button in self.all_of:
            button.setEnabled(may and bool(shown.choices))
        for choice in shown.choices:
            row = self.sheet.rows.get(choice.row.id)
            if row is not None:
                row.set_choice(choice, self._own(shown, choice), may=may)

    def _say_open(self, shown: ShownDraft, open_ones: Sequence[AnswerChoice]) -> None:
        self.first_open.key = open_ones[0].row.id if open_ones else ""
        self.first_open.setVisible(bool(open_ones))
        if not shown.choices:
            self.open.set_words(
                self.tr("There is nothing to choose"), self.tr("No revisions of this use case compete now."), Tone.INFO
            )
        elif open_ones:
            self.open.set_words(
                self.tr("%Ln answers are still to be chosen", "", len(open_ones)),
                self.tr(
                    "These revisions were filed apart from each other. What you file takes the place of all of them. "
                    "Each choice is saved as you make it."
                ),
                Tone.WARN,
            )
        else:
            self.open.set_words(
                self.tr("Everything is chosen"), self.tr("Check your answers, then sign and file."), Tone.GOOD
            )

    def _own(self, shown: ShownDraft, choice: AnswerChoice) -> str:
        return in_words(choice.row.question, shown.guide.answers.get(choice.row.id))

    def _on_taken(self, question: str, place: int) -> None:
        _, sides = self._of
        self.taken.emit(sides[place], (question,))

    def _on_all(self, revision: str, _: bool = False) -> None:
        self.taken.emit(revision, ())

    def _on_grown(self) -> None:
        self._mark()
        stops: list[QWidget] = [self.news.look, self.news.seen_button, self.first_open, *self.all_of]
        for row in self.sheet.rows.values():
            stops += [row.head, *row.buttons]
        stops += [self.sheet.same.head] if self.sheet.same is not None else []
        walk(*stops, self.check_button, self._back)
