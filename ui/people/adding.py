"""Adding a person: an invitation to send, the enrolment that comes back, and the comparing of its key.

Each step can be taken alone: an enrolment that came by the exchange folder stands under the third one by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ui.context import Changes, Context
from ui.exchange.delivery_line import DeliveryLine
from ui.exchange.exchanger import exchanger
from ui.exchange.importing import Imported
from ui.jobs import JobLane
from ui.page import Page
from ui.people import reading
from ui.people.adding_cards import CompareCard, InviteCard, TakeCard
from ui.people.reading import Organisation
from ui.people.signing import RosterSigning
from ui.theme import Tone
from ui.widgets.panels import NoticePanel


class AddPersonPage(Page):
    """``context.go("add-person", act_id)`` puts that enrolment first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Organisation | None = None
        self._first = ""
        self._arriving = False
        self.signing = RosterSigning(context, self)
        self._exchanger = exchanger(context)
        self._exchanger.imported.connect(self._on_imported)
        self.back_action = self.add_action(self.tr("&Back to the people"), self._go_people, button=True)
        self.who = NoticePanel("", tone=Tone.INFO)
        self.who.setVisible(False)
        self.body.addWidget(self.who)
        self.delivery = DeliveryLine(context, "")
        self.body.addWidget(self.delivery)
        self.asking = CompareCard()
        self.invitation = InviteCard(context)
        self.taking = TakeCard()
        self.taking.files.connect(self.take)
        for card in (self.invitation, self.taking, self.asking):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def title(self) -> str:
        return self.tr("Add a person")

    def activated(self, argument: object) -> None:
        self._first = argument if isinstance(argument, str) else ""
        self._arriving = True
        self.taking.report.setVisible(False)
        self._read()

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._read()

    def take_files(self, paths: Sequence[Path]) -> bool:
        """An enrolment may be dropped anywhere on this page; what else is dropped is refused by name."""
        self.take(paths)
        return True

    def take(self, paths: Sequence[Path]) -> None:
        """Import what was sent."""
        self._exchanger.import_files(tuple(paths))

    # ------------------------------------------------------------------------------------------------------- reading
    def _read(self) -> None:
        handle = self.context.run(JobLane.REGISTER, reading.look, owner=self)
        handle.done.connect(self._show)

    def _show(self, found: Organisation) -> None:
        self.found = found
        self.signing.follow(found)
        may = found.administrator and found.me.ready
        change = may and not found.rivals and found.unreadable is None
        self.set_lead(self.tr("You invite, the person enrols, you compare, and other administrators endorse."))
        self._say_who(found, may=may, change=change)
        self.invitation.setVisible(may)
        self.invitation.follow(found)
        asking = sorted(found.asking, key=lambda item: item.act != self._first)
        for card in self.asking.show_asking(asking, may=change):
            card.listing.connect(self.signing.ask_roles)
        # Who asks comes first while somebody does; the steps before are for the next person.
        self.body.removeWidget(self.asking)
        self.body.insertWidget(2 if asking else 4, self.asking)
        if self._arriving:
            self._arriving = False
            self.focus_first()

    def _say_who(self, found: Organisation, *, may: bool, change: bool) -> None:
        names = ", ".join(found.administrators) or self.tr("nobody yet")
        if not found.version:
            title, text = self.tr("There is no organisation here yet"), self.tr("The first steps found or join one.")
        elif not may:
            title = self.tr("Only an administrator can add a person: {names}").format(names=names)
            text = self.tr("You can take an enrolment all the same; it reaches them with the next exchange.")
        elif not change:
            title = self.tr("Nobody can be listed now")
            text = self.tr("The people page says what has to be settled first.")
        else:
            title = text = ""
        self.who.set_words(title, text)
        self.who.setVisible(bool(title))

    def focus_first(self) -> None:
        """The comparing of the enrolment that was brought, else the first field."""
        button = self.asking.shown[0].findChild(QPushButton) if self.asking.shown else None
        if isinstance(button, QPushButton) and button.isEnabled():
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    # -------------------------------------------------------------------------------------------------------- taking
    def _on_imported(self, done: Imported) -> None:
        if not self.isVisible():
            return
        lines = [f"{refusal.what_happened} {refusal.next_step}" for refusal in done.refused]
        if not lines and not done.asking:
            lines = [line for report in done.reports for line in report.summary]
        title = (
            self.tr("Taken: {names}").format(names=", ".join(done.names))
            if done.names
            else self.tr("Nothing was taken")
        )
        tone = Tone.WARN if done.refused else Tone.GOOD
        self.taking.report.set_words(title, "\n".join(dict.fromkeys(lines)), tone)
        self.taking.report.setVisible(True)
        if done.asking:
            self.taking.path.set_value("")
            self._first = done.asking[0]
            self._arriving = True
            self._read()

    def _go_people(self) -> None:
        self.context.go("people")
