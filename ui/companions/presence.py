"""Keeps the edge of the window true: who I am, in which organisation, how fresh this is, and what waits where.

The word about the exchange folder is the ticker's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.context import Changes, Context
from ui.formatting import day_words
from ui.jobs import JobTask
from ui.newest import Newest
from ui.shell.window import Window
from ui.theme import Tone
from ui.words.cases import role_words
from ui.words.clocks import FRESH

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class PresenceFacts:
    """What the edge of the window says, as one answer of the register."""

    person: str
    organisation: str
    words: str
    known_on: datetime | None
    home: int
    """How many things need this person in use cases."""
    drafts: int
    inbox: int
    exchange: int
    people: int
    """Who asks this person, an administrator, to be listed."""
    read_only: str
    """Why nothing can be written here, as the end of a sentence; empty where it can."""
    unread: str
    """That a newer roster cannot be read here, as a sentence; empty while none is."""


def look(_: JobTask, session: Session) -> PresenceFacts:
    """Read it; runs on the register lane."""
    from intake.services.installation.closing import closed_because
    from intake.services.lists import drafts, home, inbox, notes, todo
    from intake.services.organisation.unread_rosters import roster_unread

    # Counted where it can be: this is asked after every change.
    installation, settings = session.installation, session.settings
    mine = home.me(installation, settings.person, settings.key)
    unread = roster_unread(installation.rosters)
    roles = ", ".join(role_words(role.value) for role in mine.roles)
    return PresenceFacts(
        person=f"{mine.name} · {roles}" if mine.name and roles else mine.name,
        organisation=mine.organisation,
        words=mine.words,
        known_on=mine.known_on,
        home=todo.todo(installation, settings.person).count,
        drafts=len(drafts.listed(installation)),
        inbox=inbox.mine_count(installation, inbox.reader(installation, settings.person)),
        exchange=notes.waiting_count(installation),
        people=len(home.asking(installation, mine)),
        read_only=closed_because(installation),
        unread=unread.what_happened if unread else "",
    )


class Presence(QObject):
    """Asks once after the first paint and again after every change."""

    def __init__(self, context: Context, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._standing = Newest(context, look, self)
        self._standing.found.connect(self._show)
        context.changed.connect(self._on_changed)
        self._standing.ask_again()

    def _on_changed(self, _: Changes) -> None:
        self._standing.ask_again()

    def _read_only_words(self, reason: str) -> str:
        if not reason:
            return ""
        return self.tr("Read only: nothing can be signed or saved here ({reason})").format(reason=reason)

    def _show(self, standing: PresenceFacts) -> None:
        status, navigation = self._window.status, self._window.navigation
        status.set_person(standing.person)
        status.set_organisation(standing.organisation, standing.words)
        status.set_read_only(self._read_only_words(standing.read_only))
        status.set_unread(standing.unread)
        if standing.known_on is not None:
            day = day_words(standing.known_on.date())
            old = datetime.now(UTC) - standing.known_on > FRESH
            status.set_freshness(self.tr("As known on {day}").format(day=day), Tone.WARN if old else Tone.NEUTRAL)
        navigation.set_count("home", standing.home)
        navigation.set_count("drafts", standing.drafts)
        navigation.set_count("inbox", standing.inbox)
        navigation.set_count("exchange", standing.exchange)
        navigation.set_count("people", standing.people)
