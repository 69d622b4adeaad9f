"""Home on real registers: what needs whom, where it leads, and what is said when nothing does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QAbstractSlider, QLabel
from pytestqt.qtbot import QtBot

from intake.domain.acts.kinds.opinion import Position
from intake.domain.organisation.roster import Role
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.filing import filing, handing
from intake.services.installation.workspace import Workspace
from intake.services.organisation import literacy, people
from intake.trust.acts import verify_act
from tests.services.offices import Offices
from tests.services.stages import filed_with_both, filed_with_ciso
from tests.services.test_committing import decide as committed
from tests.services.test_committing import with_training
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.app import Desktop, Wiring, _first_page
from ui.companions.presence import Presence
from ui.context import Changes, Context
from ui.home.first import NeedCard
from ui.home.folding import folded
from ui.home.page import HomePage
from ui.home.rows import Need, NeedLine, NeedsCard
from ui.pictures.screenshots import grab
from ui.widgets.panels import Chip
from ui.words.todos import todo_titles

Open = Callable[[str], Visit]


def home(person: Visit) -> HomePage:
    page = person.go("home")
    assert isinstance(page, HomePage)
    return page


def needs(page: HomePage) -> list[NeedLine]:
    return [line for card in page._cards for line in card.lines]


def words(page: HomePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_an_office_finds_its_turn_and_one_click_opens_the_case(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    dan = visit("dan")
    page = home(dan)
    (line,) = needs(page)

    dan.click(line)

    assert line.need.place == "case"
    assert line.need.argument == case
    assert dan.went == [("case", case)]


def test_an_owner_finds_the_case_that_waits_and_the_drafts(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    offices.decide("dan", case, Position.CHANGES, reason="Say more.")
    offices.travel("dan", "ada")
    draft = filing.start(offices.installations["ada"], "ada")

    page = home(visit("ada"))

    assert [(line.need.place, line.need.argument) for line in needs(page)] == [("case", case), ("guide", draft)]
    assert nameless(page) == []
    assert unreachable(page) == []


def test_an_administrator_finds_who_asks_to_be_listed(offices: Offices, visit: Open) -> None:
    newcomer = people.enrol(offices.installations["ada"], offices.signer("eve"), name="Eve", unit="Sales")
    offices.installations["bob"].register.append([newcomer])

    page = home(visit("bob"))

    assert "Eve asks to be listed" in [line.need.title for line in needs(page)]


@pytest.mark.exhaustive
def test_the_records_team_finds_the_roster_that_needs_its_checkpoint(offices: Offices, visit: Open) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    change = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(finn, offices.signer("finn"), change.roster)
    offices.travel("finn", "bob", "dan")
    records = visit("bob")

    line = next(line for line in needs(home(records)) if "checkpoint" in line.need.title)
    records.click(line)

    assert line.need.title == "Roster version 2 needs your checkpoint"
    assert records.went[-1] == ("people", None)
    assert needs(home(visit("dan"))) == []


def test_the_records_team_finds_that_two_rosters_wait_for_its_word(offices: Offices, visit: Open) -> None:
    bob, finn = offices.installations["bob"], offices.installations["finn"]
    one = people.grant_role(bob, offices.signer("bob"), "ada", Role.AUDITOR)
    two = people.grant_role(finn, offices.signer("finn"), "ada", Role.RECORDS)
    offices.travel("bob", "finn")
    offices.travel("finn", "bob")
    people.endorse(bob, offices.signer("bob"), two.roster)
    people.endorse(finn, offices.signer("finn"), one.roster)
    offices.travel("finn", "bob")
    offices.travel("bob", "finn")

    (line,) = needs(home(visit("bob")))

    assert (line.need.title, line.need.place) == ("Two rosters claim to be the newest", "people")


def settle_in(offices: Offices, visit: Open, name: str, folder: Path) -> Visit:
    """Somebody who has done once what is to be done once."""
    installation = offices.installations[name]
    chapters = [item.id for item in literacy.chapters(installation)]
    literacy.acknowledge(installation, offices.signer(name), chapters)
    person = visit(name)
    Workspace(offices.root / name).change_settings(folder=str(folder))
    FolderExchange(installation, folder).run()
    person.desktop.context.tell(Changes(everything=True))
    person.settle()
    return person


def steps(page: HomePage) -> list[str]:
    return [line.need.place for line in page.steps.lines] if page.steps is not None else []


def test_nothing_to_do_is_said_with_what_will_come(offices: Offices, visit: Open, tmp_path: Path) -> None:
    page = home(settle_in(offices, visit, "dan", tmp_path))

    assert "Nothing needs you now" in words(page)
    assert steps(page) == []
    assert page.listing.isHidden()


def test_a_fresh_home_names_the_next_steps_and_each_is_a_link(offices: Offices, visit: Open) -> None:
    owner, office = visit("ada"), visit("dan")
    page = home(owner)

    assert steps(page) == ["exchange", "literacy", "new"]
    assert steps(home(office)) == ["exchange", "literacy"]
    assert "Nothing needs you now" not in words(page)
    assert nameless(page) == []
    assert page.steps is not None
    owner.click(page.steps.lines[2])
    assert owner.went[-1][0] == "new"


def test_a_step_is_gone_when_it_is_done(offices: Offices, visit: Open, tmp_path: Path) -> None:
    owner = settle_in(offices, visit, "ada", tmp_path)
    before = steps(home(owner))

    filing.start(offices.installations["ada"], "ada")
    owner.desktop.context.tell(Changes(everything=True))
    owner.settle()

    assert before == ["new"]
    assert steps(home(owner)) == []


def test_without_an_organisation_one_is_led_to_the_first_steps(desktop: Callable[..., Desktop], qtbot: QtBot) -> None:
    made = desktop(Wiring(first_page=_first_page))
    went: list[tuple[str, object]] = []
    made.context.went.connect(lambda place, argument: went.append((place, argument)))

    made.show()

    qtbot.waitUntil(lambda: went == [("start", None)], timeout=10_000)


@pytest.mark.parametrize(("days", "old"), [(1, False), (40, True)])
def test_an_old_picture_is_called_old(offices: Offices, visit: Open, days: int, old: bool) -> None:
    offices.clock.now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=days)
    people.checkpoint(offices.installations["bob"], offices.signer("bob"))

    page = home(visit("bob"))

    assert page.stale.isHidden() is not old
    assert "as known on" in page.lead.text()


def test_what_arrives_is_shown_at_once(offices: Offices, visit: Open) -> None:
    dan = visit("dan")
    page = home(dan)
    case = offices.file()

    offices.travel("ada", "dan")
    dan.desktop.context.tell(Changes(cases=frozenset({case})))
    dan.settle()

    assert [line.need.argument for line in needs(page)] == [case]


def test_a_newer_roster_that_cannot_be_read_here_is_said_on_every_page(offices: Offices, visit: Open) -> None:
    case = filed_with_ciso(offices)
    change = people.grant_role(offices.installations["bob"], offices.signer("bob"), "ada", Role.AUDITOR)
    offices.travel("bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    acts = [verify_act(blob) for _, _, blob in offices.installations["finn"].register.queries.every_act()]
    dan = visit("dan")
    companion = Presence(dan.desktop.context, dan.desktop.window)
    page = home(dan)
    assert companion.parent() is dan.desktop.window
    assert not page.unread.isVisible()
    assert not dan.desktop.window.status.unread.isVisible()

    offices.installations["dan"].register.append(acts)
    dan.desktop.context.tell(Changes(everything=True))
    dan.settle()

    said = "Roster version 2 cannot be read here, because its people are missing: nothing new can be approved."
    assert page.unread.title.text() == said
    assert "Bob or Finn" in page.unread.text.text()
    assert dan.desktop.window.status.unread.text() == said
    assert dan.desktop.window.status.unread.isVisible()
    assert offices.installations["dan"].state(case).phase == "review"

    offices.travel("finn", "dan")
    dan.desktop.context.tell(Changes(everything=True))
    dan.settle()

    assert not page.unread.isVisible()
    assert not dan.desktop.window.status.unread.isVisible()


def test_home_opens_at_its_top_with_the_keyboard_on_what_needs_me(offices: Offices, visit: Open) -> None:
    for _ in range(9):
        filed_with_ciso(offices)
    dan = visit("dan")
    dan.desktop.window.resize(900, 420)
    page = home(dan)

    assert page._area.verticalScrollBar().maximum() > 0
    assert page._area.verticalScrollBar().value() == 0
    assert needs(page)[0].hasFocus() or dan.desktop.window.focusWidget() is needs(page)[0]


def test_home_and_a_case_open_at_their_top_also_the_second_time_and_back_finds_the_place(
    offices: Offices, visit: Open
) -> None:
    case = filed_with_ciso(offices)
    for _ in range(9):
        filed_with_ciso(offices)
    dan = visit("dan")
    dan.desktop.window.resize(900, 420)
    page = home(dan)
    bar = page._area.verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    told = dan.go("case", case)
    inside = told._area.verticalScrollBar()
    inside.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert (bar.value(), inside.value()) == (bar.maximum(), inside.maximum())

    dan.desktop.window.pages.back()
    dan.settle()
    assert bar.value() > 0
    dan.go("case", case)
    assert inside.value() == 0
    dan.go("home")
    assert bar.value() == 0


def test_a_line_is_as_high_as_its_words_need_however_narrow(qtbot: QtBot) -> None:
    line = NeedLine(Need("Elastic Machine Learning " * 4, "Olivia Grant has to stop it " * 4, "case"), first=True)
    qtbot.addWidget(line)

    wide, narrow = line.heightForWidth(4000), line.heightForWidth(300)

    assert line.hasHeightForWidth()
    assert wide - line.sizeHint().height() < 10
    assert narrow > 2 * wide


def test_a_card_gives_each_line_the_height_that_its_words_need(qtbot: QtBot) -> None:
    card = NeedsCard(
        "Decided", (Need("Notes", "Both offices decided on it. " * 9, "case"), Need("Mail", "Short", "case"))
    )
    qtbot.addWidget(card)
    card.resize(320, card.heightForWidth(320))
    card.show()

    assert [line.height() >= line.heightForWidth(line.width()) for line in card.lines] == [True, True]
    assert card.lines[0].height() > 2 * card.lines[1].height()


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize(("width", "beside"), [(1200, True), (330, False)])
def test_what_is_said_of_the_time_goes_below_the_words_where_they_have_no_room_beside_it(
    qtbot: QtBot, width: int, direction: Qt.LayoutDirection, *, beside: bool
) -> None:
    line = NeedLine(Need("Notes", "It is past its limits. " * 4, "case", chip="11 days ago"), first=True)
    qtbot.addWidget(line)
    line.setLayoutDirection(direction)
    plain = NeedLine(Need("Notes", "It is past its limits. " * 4, "case"), first=True)
    qtbot.addWidget(plain)
    rect = QRectF(0, 0, width, line.heightForWidth(width))

    words = line._words(rect)
    chip = line._chip_rect(rect, words, rtl=direction is Qt.LayoutDirection.RightToLeft)

    assert line._beside(width) is beside
    assert not chip.intersects(words)
    assert rect.contains(chip)
    assert (chip.top() >= words.bottom()) is not beside
    assert beside or words.width() == plain._words(rect).width()


def test_a_decided_case_that_lacks_a_signature_says_what_is_due(offices: Offices, visit: Open) -> None:
    case = offices.file()
    offices.travel("ada", *offices.installations)
    given = offices.terms("dan", case)
    for name in ("dan", "cleo"):
        offices.decide(name, case, given=given)
    offices.travel("dan", "cleo")
    offices.travel("cleo", "dan")
    (turn,) = offices.installations["dan"].state(case).turn

    (line,) = needs(home(visit({"cio": "cleo", "ciso": "dan"}[turn])))

    assert line.need.hint.endswith("decided; the record still lacks a signature")


@pytest.fixture
def promised(offices: Offices) -> str:
    """Decided with something that Ada has to meet, which is late, reported by nobody; and handed over to Bob."""
    case = filed_with_both(offices)
    offices.travel("ada", *offices.installations)
    committed(offices, case, with_training(offices, case))
    offices.travel("ada", *offices.installations)
    ada = offices.installations["ada"]
    handing.hand_over(ada, offices.signer("ada"), case, "bob", "I move on.")
    offices.travel("ada", *offices.installations)
    offices.clock.now += timedelta(days=11)
    return case


@pytest.mark.parametrize(
    ("name", "cards"),
    [
        ("ada", ["Past their day", "Decided, and not looked at yet"]),
        ("bob", ["Handed over to you"]),
        ("cleo", ["Past their day"]),
        ("dan", ["Past their day"]),
    ],
)
def test_the_badge_counts_what_the_page_lists(
    offices: Offices, visit: Open, promised: str, name: str, cards: list[str]
) -> None:
    person = visit(name)
    companion = Presence(person.desktop.context, person.desktop.window)
    page = home(person)
    person.settle()

    of_cases = [card for card in page._first if card.title in {str(title) for title in todo_titles().values()}]
    lines = [need for card in of_cases for need in card.needs]

    assert companion.parent() is person.desktop.window
    assert [card.title for card in of_cases] == cards
    assert {line.argument for line in lines} == {promised}
    assert person.desktop.window.navigation._buttons["home"]._count == len(lines)


def several_late(offices: Offices, count: int) -> list[str]:
    """Use cases of which Ada has several things to meet, and all are late."""
    made = []
    for _ in range(count):
        case = filed_with_both(offices)
        offices.travel("ada", *offices.installations)
        given = with_training(offices, case)
        late = replace(given.conditions[0], text="Keep the logs")
        committed(offices, case, replace(given, conditions=tuple(sorted((*given.conditions, late)))))
        offices.travel("ada", *offices.installations)
        made.append(case)
    offices.clock.now += timedelta(days=11)
    return made


@pytest.mark.exhaustive
def test_what_presses_most_comes_first_with_a_count_and_the_rest_on_demand(offices: Offices, visit: Open) -> None:
    made = several_late(offices, 5)
    ada = visit("ada")
    page = home(ada)
    late = page._cards[0]

    # One line for each use case, however much of it is late; the first of them, and how much there is of all.
    assert late.title == "Past their day"
    assert len(late.lines) == 3
    assert [label.text() for label in late.findChildren(Chip)] == ["10"]
    assert all("And 1 more in this use case." in line.need.hint for line in late.lines)
    assert late.more is not None
    assert late.more.accessibleName() == "Show all: Past their day, 10"

    ada.click(late.more)
    ada.settle()

    whole = page._cards[0]
    assert {line.need.argument for line in whole.lines} == set(made)
    assert whole.more is None
    assert whole.lines[3].hasFocus() or ada.desktop.window.focusWidget() is whole.lines[3]
    assert nameless(page) == []
    assert unreachable(page) == []


def group(title: str, count: int) -> NeedCard:
    return NeedCard(title, tuple(Need(f"{title} {number}", "", "case", str(number)) for number in range(count)), count)


def test_a_page_of_many_groups_names_the_last_and_opens_them_in_their_place() -> None:
    cards = [group("A", 9), group("B", 4), group("C", 5), group("D", 2), group("E", 20)]

    found = folded(cards, ())

    assert [(card.title, len(card.needs), card.key) for card in found] == [
        # To say that one line is left out takes as much room as the line.
        ("A", 3, "A"), ("B", 4, ""), ("And besides", 3, ""),
    ]  # fmt: skip
    assert [(line.title, line.chip, line.place) for line in found[-1].needs] == [
        ("C", "5", ""),
        ("D", "2", ""),
        ("E", "20", ""),
    ]
    opened = folded(cards, ("E",))
    assert [(card.title, len(card.needs)) for card in opened] == [("A", 3), ("B", 4), ("E", 20), ("And besides", 2)]
    # One group that is left is shown itself: to name it takes as much room.
    assert [(card.title, len(card.needs)) for card in folded(cards[:3], ())] == [("A", 3), ("B", 4), ("C", 1)]


def decide(offices: Offices) -> str:
    """A use case of Ada's that both offices have decided, and that has come back to her."""
    case = offices.file()
    offices.travel("ada", *offices.installations)
    given = offices.terms("dan", case)
    offices.decide("dan", case, given=given)
    offices.travel("dan", "cleo")
    offices.decide("cleo", case, given=given)
    offices.travel("cleo", *offices.installations)
    return case


def test_a_decision_is_told_and_counted_until_its_owner_has_opened_the_case(offices: Offices, visit: Open) -> None:
    case = decide(offices)
    ada = visit("ada")
    companion = Presence(ada.desktop.context, ada.desktop.window)
    page = home(ada)
    (line,) = needs(page)
    counted = ada.desktop.window.navigation._buttons["home"]._count

    ada.click(line)
    ada.settle()

    assert companion.parent() is ada.desktop.window
    assert (line.need.argument, counted) == (case, 1)
    assert "Both offices decided on" in line.need.hint
    assert needs(home(ada)) == []
    assert ada.desktop.window.navigation._buttons["home"]._count == 0


def test_what_expired_says_so_with_the_way_back(offices: Offices, visit: Open) -> None:
    case = decide(offices)
    expires = offices.installations["ada"].state(case).in_force.terms.expires
    offices.clock.now = datetime.combine(expires + timedelta(days=1), offices.clock.now.time(), UTC)
    ada = visit("ada")

    page = home(ada)

    assert [card.title for card in page._first] == ["Expired"]
    (line,) = needs(page)
    assert line.need.argument == case
    assert line.need.hint.endswith("To go on, file it again for both offices to sign.")


def test_the_days_are_saved_for_the_calendar_somebody_uses(offices: Offices, visit: Open, tmp_path: Path) -> None:
    filed_with_ciso(offices)
    dan = visit("dan")
    page = home(dan)

    page._save_calendar(str(tmp_path / "days.ics"))
    dan.settle()
    assert (tmp_path / "days.ics").read_bytes().count(b"BEGIN:VEVENT") == 1
    assert page.unsaved.isHidden()

    page._save_calendar(str(tmp_path / "missing" / "days.ics"))
    dan.settle()
    assert page.unsaved.isVisible()


def test_a_card_gives_its_lines_the_height_that_their_words_need(qtbot: QtBot, context: Context) -> None:
    long = Need("Elastic Machine Learning " * 4, "Olivia Grant has to stop it " * 4, "case")
    card = NeedsCard("Your turn", (long, Need("Short", "", "case")))
    qtbot.addWidget(card)

    grab(card, QSize(400, card.heightForWidth(400)))

    wrapped, short = card.lines
    assert wrapped.height() == wrapped.heightForWidth(wrapped.width()) > 2 * short.height()
