"""The cards of the people page: the organisation, versions that wait, who asks, one person, my own key.

A card shows frozen rows and says by signal what the person wants; nothing is decided or signed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.formatting import day_words
from ui.people.asking import ROLES
from ui.people.pieces import points, small_button
from ui.people.reading import Asking, Held, KeyRow, Organisation, PersonDetail
from ui.people.versions import WaitingRoster
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column
from ui.widgets.labels import Label, digest, heading, quiet, strong
from ui.widgets.panels import Card, Chip, NoticePanel
from ui.widgets.tips import plain_tip
from ui.words import cases

if TYPE_CHECKING:
    from intake.services.organisation.literacy import Training


class OrganisationCard(Card):
    def __init__(self) -> None:
        super().__init__(horizontal=True)
        s = sizes(self)
        left = QVBoxLayout()
        left.setSpacing(s.xs)
        self.name = heading("", 2)
        self.words = Label("")
        self.facts = quiet("")
        left.addWidget(self.name)
        left.addWidget(self.words)
        left.addWidget(self.facts)
        self.box.addLayout(left, 1)
        self.state = Chip("")
        self.box.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)

    def show_organisation(self, found: Organisation) -> None:
        if not found.version:
            self.name.setText(self.tr("No organisation yet"))
            self.words.setText(self.tr("This register belongs to nobody until a first roster is in force."))
            self.facts.setText("")
            self.state.set(self.tr("Not founded"), Tone.WARN)
            return
        self.name.setText(found.name)
        self.words.setText(self.tr("Compare by voice: {words}").format(words=found.words))
        parts = [
            self.tr("Roster version {version}").format(version=found.version),
            self.tr("good until {day}").format(day=day_words(found.expires)),
            self.tr("%Ln people", "", found.count),
        ]
        if found.known_on is not None:
            parts.append(self.tr("last checkpoint {day}").format(day=day_words(found.known_on.date())))
        self.facts.setText(" · ".join(parts))
        self.facts.setToolTip(plain_tip(self.tr("Organisation id {id}").format(id=found.id)))
        if found.rivals:
            self.state.set(self.tr("Two rosters"), Tone.BAD)
        elif found.unreadable is not None:
            self.state.set(self.tr("Newer one unread"), Tone.BAD)
        elif found.expired:
            self.state.set(self.tr("Expired"), Tone.BAD)
        else:
            self.state.set(self.tr("In force"), Tone.GOOD)


class WaitingCard(Card):
    """``endorse`` carries the id of the version."""

    endorse = Signal(str)

    def __init__(self, item: WaitingRoster, *, may: bool = True) -> None:
        super().__init__()
        self.item = item
        self.box.addWidget(strong(self.tr("Version {version} waits for endorsement").format(version=item.version)))
        self.box.addWidget(quiet(self.tr("Written by {name}").format(name=item.author)))
        if item.mine and may:
            # Above what changes, which may be long.
            button = small_button(
                self.tr("Endorse…"), self.tr("Endorse version {version}").format(version=item.version)
            )
            button.setProperty("role", "primary")
            button.clicked.connect(self._on_endorse)
            self.box.addWidget(button)
        for line in points(item.told):
            self.box.addWidget(line)
        for warning in item.told.warnings:
            self.box.addWidget(Label(warning, tone=Tone.WARN))
        self.box.addWidget(Label(self.tr("It does not count yet: {problem}.").format(problem=item.problem)))
        signed = ", ".join(item.signed) or self.tr("nobody yet")
        self.box.addWidget(Label(self.tr("Signed: {names}").format(names=signed)))
        if item.missing:
            self.box.addWidget(Label(self.tr("Could still sign: {names}").format(names=", ".join(item.missing))))
        if not item.mine:
            self.box.addWidget(quiet(self.tr("You have nothing to sign here. It travels with the next exchange.")))

    def _on_endorse(self) -> None:
        self.endorse.emit(self.item.id)


class AskingCard(Card):
    """``listing`` carries the enrolment to list."""

    listing = Signal(object)

    def __init__(self, item: Asking, *, may: bool) -> None:
        super().__init__()
        self.item = item
        title = self.tr("{name} asks to be listed") if not item.known else self.tr("{name} asks with another key")
        self.box.addWidget(strong(title.format(name=item.name)))
        self.box.addWidget(quiet(" · ".join(part for part in (item.unit, item.person) if part)))
        self.box.addWidget(Label(self.tr("Key: {words}").format(words=item.words)))
        if item.waits_for:
            waits = self.tr("A new roster lists this key. It counts once it is endorsed by: {names}")
            self.box.addWidget(NoticePanel(waits.format(names=", ".join(item.waits_for)), tone=Tone.INFO))
            return
        if not may:
            self.box.addWidget(quiet(self.tr("An administrator lists people, after comparing these words by voice.")))
            return
        button = small_button(
            self.tr("Compare and list…"), self.tr("Compare the key and list {name}").format(name=item.name)
        )
        button.clicked.connect(self._on_list)
        self.box.addWidget(button)

    def _on_list(self) -> None:
        self.listing.emit(self.item)


class PersonCard(Card):
    """One person: roles with what may be done about them, keys with theirs."""

    grant = Signal(object)
    end = Signal(object, str)
    cut = Signal(object, str)

    def __init__(self, found: PersonDetail, *, may: bool) -> None:
        super().__init__()
        self.found = found
        self._may = may
        self.box.addWidget(heading(found.name, 2))
        self.box.addWidget(quiet(" · ".join(part for part in (found.unit, found.id) if part)))
        self.box.addSpacing(sizes(self).xs)
        self.box.addWidget(strong(self.tr("Roles")))
        for role in found.roles:
            self.box.addWidget(_RoleRow(self, role))
        if not found.roles:
            self.box.addWidget(quiet(self.tr("No role. What this person signs has no say.")))
        if may:
            give = small_button(self.tr("Give a role…"), self.tr("Give {name} a role").format(name=found.name))
            give.clicked.connect(self._on_grant)
            self.box.addWidget(give)
        self.box.addSpacing(sizes(self).xs)
        self.box.addWidget(strong(self.tr("Training")))
        self.box.addWidget(Label(self._training(found.training)))
        self.box.addSpacing(sizes(self).xs)
        self.box.addWidget(strong(self.tr("Keys")))
        self.box.addWidget(
            quiet(self.tr("Has a reader key: what travels encrypted can be read with it."))
            if found.reads
            else Label(
                self.tr("No reader key: reads nothing that travels encrypted before enrolling again."), tone=Tone.WARN
            )
        )
        for key in found.keys:
            self.box.addWidget(_KeyRow(self, key))

    def ask_end(self, role: str) -> None:
        self.end.emit(self.found, role)

    def ask_cut(self, fingerprint: str) -> None:
        self.cut.emit(self.found, fingerprint)

    @property
    def may(self) -> bool:
        return self._may

    def _training(self, found: Training) -> str:
        if not found.count:
            return self.tr("The playbook has no chapters to read.")
        if found.signed is None:
            return self.tr("No training record yet.")
        day = day_words(found.signed.date())
        if found.read == found.count:
            return self.tr("All %Ln chapters acknowledged, last on {day}", "", found.count).format(day=day)
        said = self.tr("{read} of %Ln chapters acknowledged, last on {day}", "", found.count)
        return said.format(read=found.read, day=day)

    def _on_grant(self) -> None:
        self.grant.emit(self.found)


class _RoleRow(QWidget):
    def __init__(self, card: PersonCard, held: Held) -> None:
        super().__init__()
        self._card, self._held = card, held
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        name = cases.role_words(held.role)
        said = self.tr("{role}, for {scope}").format(role=name, scope=held.scope) if held.scope else name
        since = day_words(held.since)
        if held.open and held.until:
            when = self.tr("since {day}, last day {until}").format(day=since, until=day_words(held.until))
        elif held.open:
            when = self.tr("since {day}").format(day=since)
        else:
            when = self.tr("ended {day}").format(day=day_words(held.until)) if held.until else self.tr("ended")
        row.addWidget(Label(self.tr("{role}, {when}").format(role=said, when=when)), 1)
        # Ending what this version does not know is for those who gave it: what would follow is not known here.
        if held.open and card.may and held.role in ROLES:
            end = small_button(self.tr("End…"), self.tr("End: {role}").format(role=name))
            end.setProperty("role", "link")
            end.clicked.connect(self._on_end)
            row.addWidget(end)

    def _on_end(self) -> None:
        self._card.ask_end(self._held.role)


class _KeyRow(QWidget):
    def __init__(self, card: PersonCard, key: KeyRow) -> None:
        super().__init__()
        self._card, self._key = card, key
        s = sizes(self)
        column = bare_column(self, s.xs)
        top = QHBoxLayout()
        top.setSpacing(s.s)
        top.addWidget(digest(key.fingerprint, shown=16), 1)
        if key.cut_off:
            top.addWidget(Chip(self.tr("Cut off"), Tone.BAD))
        elif not key.open:
            top.addWidget(Chip(self.tr("Ended"), Tone.NEUTRAL))
        elif card.may:
            cut = small_button(self.tr("Cut off…"), self.tr("Cut off the key {key}").format(key=key.fingerprint[:12]))
            cut.setProperty("role", "link")
            cut.clicked.connect(self._on_cut)
            top.addWidget(cut)
        column.addLayout(top)
        column.addWidget(Label(key.words))
        if use := cases.use_words(key.use):
            column.addWidget(quiet(use))
        column.addWidget(quiet(self.tr("since {day}").format(day=day_words(key.since))))

    def _on_cut(self) -> None:
        self._card.ask_cut(self._key.fingerprint)


class MyKeyCard(Card):
    """``export`` asks for the enrolment as a file."""

    export = Signal()

    def __init__(self, found: Organisation) -> None:
        super().__init__()
        self.box.addWidget(strong(self.tr("Your own key")))
        if not found.me.fingerprint:
            self.box.addWidget(quiet(self.tr("There is no key here yet. The first steps make one.")))
            return
        self.box.addWidget(digest(found.me.fingerprint, shown=16))
        self.box.addWidget(Label(found.my_words))
        about = self.tr("Read these words out when somebody asks whether this key is yours, as before you are listed.")
        self.box.addWidget(quiet(about))
        button = small_button(self.tr("Save my enrolment again…"), self.tr("Save my enrolment as a file"))
        button.setEnabled(found.enrolled)
        button.setToolTip("" if found.enrolled else self.tr("You have not enrolled with this key."))
        button.clicked.connect(self.export)
        self.box.addWidget(button)
