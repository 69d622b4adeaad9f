"""A dialog that asks the owner for users and cost of what runs, and says at once where they are past a limit."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QWidget

from intake.domain.acts.kinds.figures import FiguresBody
from intake.domain.base.money import money
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import words
from intake.domain.case.figures import LIMIT_FIELDS
from intake.domain.terms.terms import Terms, shown
from intake.services.deciding.figures import figures_lead_to, figures_of
from ui.formatting import day_words
from ui.theme import Tone
from ui.widgets.date_field import DateField
from ui.widgets.dialogs import PlainDialog
from ui.widgets.fields import AnswerField
from ui.widgets.labels import Label, quiet
from ui.widgets.number_field import MoneyField, NumberField


class NoDayOfFigures(Refusal):
    what = "The figures do not say of which day they are."
    why = "They count from that day until the next report."
    next = "Give the day on which you counted."


class FiguresDialog(PlainDialog):
    """``given`` carries what is to be signed."""

    given = Signal(object)

    def __init__(self, terms: Terms, today: date, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Report users and cost"), parent)
        self._terms, self._today = terms, today
        self.body.addWidget(Label(self.tr("Both offices read it. It is compared with what was granted:")))
        table = terms.boundaries.table
        for item in (table.field(path) for path in LIMIT_FIELDS if path in table):
            self.body.addWidget(quiet(f"{item.label}: {shown(item, terms.boundaries[item.path])}"))
        self.users = self._asked(self.tr("&How many people use it"), NumberField(unit=self.tr("people")))
        self.cost = self._asked(
            self.tr("&What it has cost since {day}; leave it empty for nothing").format(day=day_words(terms.begins)),
            MoneyField(currency=_currency(terms)),
        )
        self.day = self._asked(self.tr("&As of"), DateField())
        self.day.set_value(today)
        self.said = Label("")
        self.body.addWidget(self.said)
        self.problem = Label("", tone=Tone.BAD)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.add_button(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go_on = self.add_button(self.tr("Go on to sign"), QDialogButtonBox.ButtonRole.AcceptRole, look="primary")
        self.go_on.setDefault(True)
        self.users.focus_widget().setFocus()

    def _asked(self, question: str, field: AnswerField) -> AnswerField:
        label = QLabel(question)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field.focus_widget())
        field.name(question.replace("&", ""), "")
        field.changed.connect(self._tell)
        self.body.addWidget(label)
        self.body.addWidget(field)
        return field

    def read(self) -> FiguresBody:
        """Raises NoDayOfFigures, NoSuchCount, NoSuchAmount, OtherCurrency or FiguresOfOtherDay."""
        day, users = self.day.value(), self.users.value()
        if not isinstance(day, date):
            raise NoDayOfFigures
        typed = "" if users is None else str(users)
        return figures_of(self._terms, typed, self.cost.value() or "", day, self._today)

    def _tell(self) -> None:
        self.problem.setVisible(False)
        try:
            self.said.setText(words(figures_lead_to(self._terms, self.read())))
        except Refusal:
            # It is still being typed; what is wrong is said when it is to be signed.
            self.said.setText("")

    def accept(self) -> None:
        try:
            body = self.read()
        except Refusal as refusal:
            self.problem.setText(f"{refusal.what_happened} {refusal.next_step}")
            self.problem.setVisible(True)
            return
        super().accept()
        self.given.emit(body)


def _currency(terms: Terms) -> str:
    """That of the budget: a cost in another one is refused."""
    path = LIMIT_FIELDS[1]
    budget = money(str(terms.boundaries[path])) if path in terms.boundaries.table else None
    return budget.currency if budget else "EUR"
