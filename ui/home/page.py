"""Home: what needs me. Painted first from plain SQL, then filled from one look over everything that waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.context import Changes, Context
from ui.formatting import day_words
from ui.home.first import NeedCard, lately
from ui.home.rows import Need, NeedsCard
from ui.jobs import JobLane, JobTask
from ui.newest import Newest
from ui.page import Page
from ui.theme import Tone, sizes
from ui.widgets.boxes import bare_column, clear
from ui.widgets.labels import quiet
from ui.widgets.panels import Card, EmptyState, NoticePanel
from ui.words.clocks import FRESH

if TYPE_CHECKING:
    from intake.domain.base.refusals import Refusal
    from intake.services.installation.workspace import Session
    from intake.services.lists.first import FirstPage
    from intake.services.lists.home import Me
    from ui.exchange.access_cards import HandedNotice
    from ui.exchange.delivery import DeliveryWatch
    from ui.home.needs import HomeFacts


class HomePage(Page):
    """The first thing everybody sees."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        s = sizes(self)
        self.new = self.add_action(
            self.tr("&New use case"),
            self._on_new,
            icon_name="add",
            tip=self.tr("Begin a draft; nothing is sent"),
            button=True,
            primary=True,
        )
        self.calendar = self.add_action(
            self.tr("Save my days as a &calendar…"),
            self._ask_calendar,
            icon_name="calendar",
            tip=self.tr("Every day by which something is due of you, for the calendar you use"),
            button=True,
        )
        self.stale = NoticePanel("", tone=Tone.WARN)
        self.stale.setVisible(False)
        self.listing = NoticePanel(
            self.tr("You are not listed yet"),
            self.tr("You can draft everything. You can sign as soon as the administrators have listed your key."),
            Tone.INFO,
        )
        self.listing.setVisible(False)
        self.unread = NoticePanel("", tone=Tone.BAD)
        self.unread.setVisible(False)
        self.unsaved = NoticePanel("", tone=Tone.WARN)
        self.unsaved.setVisible(False)
        self.handed: HandedNotice | None = None
        self.body.addWidget(self.unsaved)
        self.body.addWidget(self.unread)
        self.body.addWidget(self.stale)
        self.body.addWidget(self.listing)
        # Each in a widget: what needs somebody comes late, and is read before what is only new.
        needs, steps, lately = QWidget(), QWidget(), QWidget()
        self._needs = bare_column(needs, s.l)
        self._steps = bare_column(steps, s.l)
        self._lately = bare_column(lately, 0)
        for part in (needs, steps, lately):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.reading = quiet(self.tr("Looking for what needs you…"))
        self._needs.addWidget(self.reading)
        self._standing = Newest(context, _read_needs, self)
        self._standing.found.connect(self._on_read)
        self._cards: list[NeedsCard] = []
        self.steps: NeedsCard | None = None
        self._steps_shown: NeedCard | None = None
        self.nothing: QWidget | None = None
        self._first: tuple[NeedCard, ...] | None = None
        self._facts: HomeFacts | None = None
        self._opened: set[str] = set()
        self._unsent = 0
        self._delivery: DeliveryWatch | None = None
        self._opening = False

    def title(self) -> str:
        return self.tr("What needs you")

    def activated(self, argument: object) -> None:
        first: FirstPage | None = self.context.first_page(self.context.data_dir) if self.context.first_page else None
        if first is None or not first.org:
            # After this page has been shown, so that Back and the navigation stay true.
            QTimer.singleShot(0, self._go_start)
            return
        self._opening = True
        self._show_lately(first)
        self._standing.ask_again()

    def refresh(self, changes: Changes) -> None:
        if self.context.first_page is not None:
            handle = self.context.jobs.submit(
                JobLane.REGISTER, _read_first, self.context.first_page, self.context.data_dir, owner=self
            )
            handle.done.connect(self._on_first)
        self._standing.ask_again()

    def _on_first(self, first: FirstPage | None) -> None:
        if first is not None:
            self._show_lately(first)

    def _go_start(self) -> None:
        if self.isVisible():
            self.context.go("start")

    def _show_lately(self, first: FirstPage) -> None:
        clear(self._lately)
        if not first.counts.total:
            return
        group = lately(first.page.rows, datetime.now(UTC).date())
        self._lately.addWidget(self._card(group))

    def _on_read(self, standing: HomeFacts) -> None:
        needs = standing.needs
        self._unsent = needs.unsent
        self._follow_delivery()
        self._say_who(needs.me, standing.now)
        self.unread.setVisible(needs.unread is not None)
        if needs.unread is not None:
            self.unread.tell(needs.unread)
        self._show_groups(standing)
        # Made last, and so the last to be offered to the keyboard.
        self._show_steps(standing)
        if self.nothing is not None:
            # While something is to be done once, nobody is told that nothing needs them.
            self.nothing.setVisible(self.steps is None)

    def _follow_delivery(self) -> None:
        """Also look again after an exchange that only sent: it changes nothing here but what has not left."""
        if self._delivery is None:
            # Not before the first page is there: it is no part of it.
            from ui.exchange.access_cards import HandedNotice
            from ui.exchange.delivery import delivery_watch

            self.handed = HandedNotice(self.context)
            self.body.insertWidget(self.body.indexOf(self.stale), self.handed)
            self._delivery = delivery_watch(self.context)
            self._delivery.changed.connect(self._on_delivery)

    def _on_delivery(self) -> None:
        if self._delivery is not None and self._delivery.facts.unsent != self._unsent and self.isVisible():
            self._standing.ask_again()

    def _show_groups(self, standing: HomeFacts) -> None:
        from ui.home.needs import groups

        self._facts = standing
        found = groups(standing, self._opened)
        if found == self._first:
            return
        self._first = found
        opening, self._opening = self._opening and self.isVisible(), False
        focused = next((line.need for card in self._cards for line in card.lines if line.hasFocus()), None)
        clear(self._needs)
        self._cards = []
        self.nothing = None
        for group in found:
            card = self._card(group)
            self._cards.append(card)
            self._needs.addWidget(card)
        if not found:
            self.nothing = self._nothing(standing.needs.me)
            self._needs.addWidget(self.nothing)
        for card in self._cards:
            for line in card.lines:
                if line.need == focused:
                    line.setFocus()
        if opening and focused is None and self._cards:
            # Until now only what is new could take the keyboard, and what needs somebody comes in above it.
            self._cards[0].lines[0].setFocus()
            self.to_top()

    def _show_steps(self, standing: HomeFacts) -> None:
        from ui.home.next_steps import steps_card

        found = steps_card(standing.steps)
        if found == self._steps_shown:
            return
        self._steps_shown = found
        clear(self._steps)
        self.steps = None
        if found is not None:
            self.steps = self._card(found)
            self._steps.addWidget(self.steps)

    def _card(self, group: NeedCard) -> NeedsCard:
        card = NeedsCard(group.title, group.needs, group.count, group.key)
        card.chosen.connect(self._on_chosen)
        card.wanted.connect(self._open_group)
        return card

    def _nothing(self, mine: Me) -> QWidget:
        card = Card()
        if mine.office is not None:
            text = self.tr("No use case waits for your office. New ones appear here after the next exchange.")
        else:
            text = self.tr("Your drafts and your use cases appear here as soon as you have to do something.")
        card.box.addWidget(EmptyState(self.tr("Nothing needs you now"), text))
        return card

    def _say_who(self, mine: Me, now: datetime) -> None:
        parts = [mine.name, mine.office.label if mine.office else "", mine.organisation]
        who = " · ".join(part for part in parts if part)
        if mine.known_on is None:
            self.set_lead(who)
            self.stale.setVisible(False)
        else:
            day = day_words(mine.known_on.date())
            self.set_lead(self.tr("{who} · as known on {day}").format(who=who, day=day))
            old = now - mine.known_on > FRESH
            self.stale.setVisible(old)
            self.stale.set_words(
                self.tr("This picture may be old: it is as known on {day}").format(day=day),
                self.tr("Send and fetch to see what the others have done since."),
                Tone.WARN,
            )
        self.listing.setVisible(not mine.listed)

    def _on_chosen(self, need: Need) -> None:
        if need.place:
            self.context.go(need.place, need.argument)
        else:
            self._open_group(str(need.argument))

    def _open_group(self, title: str) -> None:
        """Show the whole of a group, and go on with the keyboard at what was not shown of it."""
        before = next((len(card.lines) for card in self._cards if card.title == title), 0)
        self._opened.add(title)
        assert self._facts is not None  # a group is shown
        self._show_groups(self._facts)
        card = next((card for card in self._cards if card.title == title), None)
        if card is not None:
            card.lines[min(before, len(card.lines) - 1)].setFocus()

    def _ask_calendar(self) -> None:
        # Not before somebody asks: the first page does without it.
        from ui import files

        files.ask_save(
            self,
            self.tr("Save my days as a calendar"),
            self.tr("My days in Countersign.ics"),
            self.tr("Calendar (*.ics)"),
            self._save_calendar,
            suffix="ics",
        )

    def _save_calendar(self, path: str) -> None:
        self.unsaved.setVisible(False)
        handle = self.context.run(JobLane.REGISTER, _write_calendar, Path(path), owner=self)
        handle.done.connect(self._on_calendar)
        handle.refused.connect(self._on_no_calendar)

    def _on_calendar(self, count: int) -> None:
        self.context.say(self.tr("%Ln days saved for your calendar", "", count))

    def _on_no_calendar(self, refusal: Refusal) -> None:
        self.unsaved.tell(refusal)
        self.unsaved.setVisible(True)
        self.to_top()

    def _on_new(self) -> None:
        self.context.ask("new-use-case")


def _read_first(_: JobTask, first_page: Callable[[Path], FirstPage | None], data_dir: Path) -> FirstPage | None:
    """The newest cases, read on the lane: only the very first time they are read before the window is painted."""
    return first_page(data_dir)


def _write_calendar(_: JobTask, session: Session, path: Path) -> int:
    """Raises NotWritten."""
    from intake.services.lists.todo import write_calendar

    return write_calendar(session.installation, path, session.person)


def _read_needs(task: JobTask, session: Session) -> HomeFacts:
    """Imports what it needs on the lane: the window is painted before, and shows none of it."""
    from ui.home.needs import read

    return read(task, session)
