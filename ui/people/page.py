"""People: who may do what and with which key, who asks to be listed, and the versions that wait for agreement.

Left the people of the roster in force, right what needs an administrator and the person who is chosen. Everything that signs
goes through the signing dialog; what is signed is in ``signing``, and put into words in ``subjects``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import files
from ui.context import Changes, Context
from ui.exchange.delivery_line import DeliveryLine
from ui.jobs import JobHandle, JobLane
from ui.page import Page
from ui.people import reading
from ui.people.cards import AskingCard, MyKeyCard, OrganisationCard, PersonCard, WaitingCard
from ui.people.exchange_card import ExchangeCard
from ui.people.playbook import PlaybookCard
from ui.people.reading import Organisation, PersonDetail
from ui.people.rosters_in_force import BareCard, MoreLateCard, RivalsCard, TooLateCard, UnreadCard
from ui.people.signing import RosterSigning
from ui.start.work import save_enrolment
from ui.theme import Tone, sizes
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import PagedTable
from ui.widgets.panels import NoticePanel
from ui.widgets.part_area import PartArea
from ui.widgets.search_field import SearchField

_ANY_SIZE = 16_777_215
"""What Qt takes for no limit."""
_LATE_SHOWN = 3


def _notices(found: Organisation) -> Iterator[NoticePanel]:
    """What is wrong with the roster as it is: that a newer one cannot be read, and what keeps the offices from deciding."""
    if found.unreadable is not None:
        unreadable = NoticePanel("", tone=Tone.BAD)
        unreadable.tell(found.unreadable)
        yield unreadable
    for truth in found.offices:
        yield NoticePanel(truth, tone=Tone.WARN)


class PeoplePage(Page):
    """``context.go("people", person_id)`` shows that person."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.found: Organisation | None = None
        self.signing = RosterSigning(context, self)
        self._person = ""
        self._detail: PersonDetail | None = None
        self._reading: JobHandle[PersonDetail | None] | None = None
        self.add_person = self.add_action(
            self.tr("&Add a person…"), self._go_add, icon_name="add", button=True, primary=True,
            tip=self.tr("Invite somebody, and list them after comparing their key"),
        )  # fmt: skip
        self.checkpoint_action = self.add_action(
            self.tr("Sign a &checkpoint…"), self.signing.checkpoint, "Ctrl+Shift+P", button=True,
            tip=self.tr("Sign a listing of everything known here"),
        )  # fmt: skip
        self.export_action = self.add_action(self.tr("&Save my enrolment again…"), self._ask_export)
        self.first_steps = self.add_action(self.tr("&First steps"), self._go_to_start)
        s = sizes(self)
        self.organisation = OrganisationCard()
        self.search = SearchField(self.tr("Search people"), self.tr("Search names, ids, units…"))
        self.table = PagedTable(
            context.jobs,
            context.with_installation(reading.fetch),
            (
                Column("name", self.tr("Name"), 0),
                Column("roles", self.tr("Roles"), 20, whole=True, fold=1),
                Column("unit", self.tr("Unit"), 14, whole=True, fold=2),
            ),
            name=self.tr("People"),
            empty_title=self.tr("Nobody is listed"),
            empty_text=self.tr(
                "Everybody on the roster is listed here. The first steps found an organisation or join one."
            ),
            empty_action=self.first_steps,
        )
        self.search.searched.connect(self.table.set_query)
        self.table.chosen.connect(self._on_chosen)
        self.side = PartArea()
        self.side.setAccessibleName(self.tr("What waits, and the person chosen"))
        left = QVBoxLayout()
        left.setSpacing(s.m)
        left.addWidget(self.search)
        left.addWidget(self.table, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(s.l)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.side)
        for part in (self.table, self.side):
            # Both scroll: they take what the page has left, and never make it longer.
            policy = part.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Ignored)
            part.setSizePolicy(policy)
        self.body.setSpacing(s.m)
        self.body.addWidget(self.organisation)
        self.delivery = DeliveryLine(context, "")
        self.body.addWidget(self.delivery)
        self.body.addLayout(self._row, 1)
        self._fit(wide=True)

    def title(self) -> str:
        return self.tr("People")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(wide=self.width() >= sizes(self).chars(84))

    def _fit(self, *, wide: bool) -> None:
        """Side by side; with large letters one below the other, and the page scrolls."""
        s = sizes(self)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.side.setMinimumWidth(s.chars(45) if wide else 0)
        self.side.setMaximumWidth(s.chars(45) if wide else _ANY_SIZE)
        self.side.set_least(0 if wide else 22)
        self.table.setMinimumHeight(s.line * (6 if wide else 10))
        # What it says when it is empty would ask for more than there is beside the other column.
        self.table.setMinimumWidth(s.chars(30))

    def activated(self, argument: object) -> None:
        if isinstance(argument, str):
            self._person = argument
        self._read()
        self.table.refresh()

    def refresh(self, changes: Changes) -> None:
        if changes.organisation:
            self._read()
            self.table.refresh()

    def focus_first(self) -> None:
        self.table.view.setFocus()

    # ------------------------------------------------------------------------------------------------------- reading
    def _read(self) -> None:
        handle = self.context.run(JobLane.REGISTER, reading.look, owner=self)
        handle.done.connect(self._show)
        if self._person:
            self._read_person()

    def _read_person(self) -> None:
        if self._reading is not None:
            self._reading.drop()
        self._reading = self.context.run(JobLane.REGISTER, reading.person, self._person, owner=self)
        self._reading.done.connect(self._show_person)
        self._reading.refused.connect(self._on_gone)
        self._reading.failed.connect(self._on_gone)

    def _on_gone(self, _: object) -> None:
        self._reading = None

    def _on_chosen(self, person: str) -> None:
        if person and person != self._person:
            self._person = person
            self._read_person()

    def _show(self, found: Organisation) -> None:
        self.found = found
        self.signing.follow(found)
        self.organisation.show_organisation(found)
        may = found.administrator and found.me.ready
        self.checkpoint_action.setEnabled(bool(found.version) and found.me.ready)
        self.export_action.setEnabled(found.enrolled)
        self.first_steps.setVisible(not found.version and not found.waiting)
        self._say_empty(found)
        self.add_person.setVisible(bool(found.version))
        self.set_lead(
            self.tr("You are an administrator: you may change who may do what.")
            if may
            else self.tr("Administrators keep this list. You can see who may do what, and compare keys.")
        )
        self._fill()

    def _say_empty(self, found: Organisation) -> None:
        if not found.version and found.waiting:
            self.table.empty.title.setText(self.tr("The first roster waits for its endorsements"))
            self.table.empty.text.setText(self.tr("It is in the column beside: look at it and endorse it there."))

    def _show_person(self, detail: PersonDetail | None) -> None:
        self._reading = None
        self._detail = detail
        self._fill()

    def _fill(self) -> None:
        """The column on the right: what waits first, then the person chosen, then my own key."""
        found = self.found
        if found is None:
            return
        may = found.administrator and found.me.ready
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(0, 0, sizes(self).s, 0)
        box.setSpacing(sizes(self).m)
        # What would be signed now could only be the rival of another version.
        change = may and not found.rivals and found.unreadable is None
        why = found.unreadable.what_happened if found.unreadable and may else ""
        for notice in _notices(found):
            box.addWidget(notice)
        if found.rivals:
            tells = found.tells and found.me.ready and found.unreadable is None
            rivals = RivalsCard(
                found.rivals,
                may=may and found.unreadable is None,
                tells=tells,
                names=found.tellers,
                silent=found.silent,
            )
            rivals.settle.connect(self.signing.settle)
            rivals.tell.connect(self.signing.tell)
            box.addWidget(rivals)
        if found.bare is not None:
            bare = BareCard(found.bare)
            bare.sign.connect(self.signing.checkpoint)
            box.addWidget(bare)
        for unread in found.unread[:_LATE_SHOWN]:
            box.addWidget(UnreadCard(unread))
        for waiting in found.waiting:
            card = WaitingCard(waiting, may=found.unreadable is None)
            card.endorse.connect(self.signing.endorse)
            box.addWidget(card)
        for item in found.asking:
            asking = AskingCard(item, may=change)
            asking.listing.connect(self.signing.ask_roles)
            box.addWidget(asking)
        if self._detail is not None:
            person = PersonCard(self._detail, may=change)
            person.grant.connect(self.signing.ask_grant)
            person.end.connect(self.signing.end)
            person.cut.connect(self.signing.cut_off)
            box.addWidget(person)
        if found.version:
            playbook = PlaybookCard(found.playbook, may=change, why=why)
            playbook.accept.connect(self.signing.accept_playbook)
            playbook.own.connect(self._go_to_playbook)
            box.addWidget(playbook)
            exchange = ExchangeCard(found.exchange, may=change, why=why)
            exchange.wanted.connect(self.signing.choose_exchange)
            box.addWidget(exchange)
        for late in found.late[:_LATE_SHOWN]:
            box.addWidget(TooLateCard(late))
        if len(found.late) > _LATE_SHOWN:
            box.addWidget(MoreLateCard(len(found.late) - _LATE_SHOWN))
        mine = MyKeyCard(found)
        mine.export.connect(self._ask_export)
        box.addWidget(mine)
        box.addStretch(1)
        self.side.setWidget(column)

    # ----------------------------------------------------------------------------------------------------- my own key
    def _ask_export(self) -> None:
        if self.found is not None and self.found.enrolled:
            files.ask_save(
                self,
                self.tr("Save my enrolment"),
                self.tr("{person} enrolment.p7m").format(person=self.found.me.person),
                self.tr("Signed acts (*.p7m)"),
                self._export,
                suffix="p7m",
            )

    def _export(self, path: str) -> None:
        handle = self.context.run(JobLane.KEYS, save_enrolment, Path(path), owner=self)
        handle.done.connect(self._on_exported)

    def _on_exported(self, path: Path) -> None:
        self.context.say(self.tr("Saved as {name}").format(name=path.name))

    def _go_add(self) -> None:
        self.context.go("add-person")

    def _go_to_start(self) -> None:
        self.context.go("start")

    def _go_to_playbook(self) -> None:
        self.context.go("playbook")
