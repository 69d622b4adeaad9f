"""The step in which the first roster is written: the name of the organisation, who can read what travels, and what is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake.domain.organisation.exchange_rule import Reading
from intake.domain.organisation.roster import Role
from ui.exchange.access_words import reading_name, reading_sentence
from ui.start.step import SetupStep, StepState
from ui.start.work import FirstStepsState
from ui.theme import Tone, sizes
from ui.widgets.fields import Choice, ChoiceField, TextField
from ui.widgets.labels import Label
from ui.widgets.panels import NoticePanel, own_size_button


class FirstStep(SetupStep):
    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.set_words(
            self.tr("The first roster"),
            self.tr("You write down who may do what, and sign it. This is where the organisation begins."),
        )
        label = Label(self.tr("Name of the organisation"), selectable=False)
        self.body.addWidget(label)
        self.name = TextField(longest=200)
        self.name.name(label.text(), "")
        self.name.setMaximumWidth(sizes(self).chars(70))
        self.body.addWidget(self.name)
        asked = Label(self.tr("Who can read what travels"), selectable=False)
        self.body.addWidget(asked)
        self.exchange = ChoiceField([
            Choice(item.value, reading_name(item), reading_sentence(item)) for item in Reading
        ])  # fmt: skip
        self.exchange.name(asked.text(), "")
        # Founding by files needs packages, and none is written where the exchange is confidential (note 0068).
        self.exchange.set_value(Reading.OPEN.value)
        self.body.addWidget(self.exchange)
        self.missing = NoticePanel("", tone=Tone.INFO)
        self.body.addWidget(self.missing)
        self.write = own_size_button(self.tr("Sign the first roster…"), role="primary")
        self.body.addWidget(self.write)

    def follow(self, standing: FirstStepsState, roles: dict[str, tuple[Role, ...]]) -> None:
        lacks = self._lacks(roles)
        self.missing.set_words(self.tr("Still missing"), "\n".join(lacks))
        self.missing.setVisible(bool(lacks))
        self.write.setEnabled(not lacks)
        if standing.org:
            self.set_progress(StepState.DONE, standing.organisation)
        else:
            several = len(standing.enrolments) > 1 and standing.mine is not None
            self.set_progress(StepState.NOW if several else StepState.LATER)

    def choose(self, kept: str) -> None:
        """What was chosen before, if anything was."""
        if kept in {item.value for item in Reading}:
            self.exchange.set_value(kept)

    @property
    def reading(self) -> Reading:
        """Who is to read what travels: open unless somebody said otherwise."""
        return Reading(self.exchange.value() or Reading.OPEN)

    def _lacks(self, roles: dict[str, tuple[Role, ...]]) -> list[str]:
        def holders(role: Role) -> int:
            return sum(role in given for given in roles.values())

        lacks = []
        if not self.name.value():
            lacks.append(self.tr("The name of the organisation"))
        if self.name.too_long:
            lacks.append(self.tr("A shorter name of the organisation"))
        if holders(Role.ADMINISTRATOR) < 2:
            lacks.append(self.tr("A second administrator"))
        if not holders(Role.CIO):
            lacks.append(self.tr("Somebody as CIO"))
        if not holders(Role.CISO):
            lacks.append(self.tr("Somebody as CISO"))
        if any(Role.CIO in given and Role.CISO in given for given in roles.values()):
            lacks.append(self.tr("Two people for the two offices: nobody can countersign their own signature"))
        return lacks
