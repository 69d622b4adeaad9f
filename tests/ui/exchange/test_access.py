"""A confidential organisation at real windows: opening what was handed over, who can read a use case, and giving access."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake.domain.organisation.exchange_rule import Reading
from intake.domain.organisation.roster import Role
from intake.services.confidential.readers import readers_of
from intake.services.confidential.standing import reader_of, standing
from intake.services.exchanging.folder_exchange import FolderExchange
from intake.services.installation.opening import handed_to
from intake.services.organisation import people
from tests.people import person
from tests.services.confidential_offices import exchange, founded_confidentially
from tests.services.offices import Offices, founded
from tests.ui.large import cut_off, twice
from tests.ui.sessions import PASSPHRASE, session
from tests.ui.visiting import Visit
from tests.ui.walk import nameless, unreachable
from ui.app import Desktop, Options, Wiring, _first_page
from ui.case.page import CasePage
from ui.companions.access import AccessTold
from ui.context import Changes
from ui.exchange.access_watch import access_watch
from ui.exchange.opening_keys import OpenKeysDialog
from ui.exchange.page import ExchangePage
from ui.home.page import HomePage
from ui.people.exchange_card import ExchangeCard
from ui.people.page import PeoplePage
from ui.settings.page import SettingsPage
from ui.start.first_roster import FirstStep
from ui.theme import Theme
from ui.widgets.signing import SigningDialog

Visiting = Callable[[str], Visit]

__all__ = ["twice"]


@pytest.fixture
def visit(qtbot: QtBot, qapp: QApplication, offices: Offices, theme: Theme) -> Iterator[Visiting]:
    """As ``visiting.visit``, with what answers for access in the real window."""
    made: list[Desktop] = []

    def open_window(name: str) -> Visit:
        sitting = session(offices, name)
        wiring = Wiring(open_installation=lambda _: sitting, first_page=_first_page, companions=(AccessTold,))
        desktop = Desktop(qapp, Options(offices.root / name), wiring)
        made.append(desktop)
        return Visit(qtbot, desktop, offices, name)

    yield open_window
    for desktop in made:
        desktop.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def offices(tmp_path: Path, share: Path) -> Iterator[Offices]:
    made = founded_confidentially(tmp_path / "homes", share)
    yield made
    made.close()


@pytest.fixture
def handed(offices: Offices, share: Path) -> str:
    """A use case that Ada filed; Cleo has fetched it, and has not opened its key."""
    case = offices.file()
    exchange(offices, share, "ada")
    FolderExchange(offices.installations["cleo"], share).run()
    return case


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def open_by_passphrase(visit: Visit, passphrase: str = PASSPHRASE) -> OpenKeysDialog:
    dialog = visit.dialog(OpenKeysDialog)
    visit.qtbot.keyClicks(dialog.passphrase.line, passphrase)
    visit.qtbot.keyClick(dialog.passphrase.line, Qt.Key.Key_Return)
    visit.settle()
    return dialog


def test_who_was_handed_a_key_is_told_everywhere_and_opens_it_with_the_passphrase(visit: Visiting, handed: str) -> None:
    cleo = visit("cleo")
    home = cleo.go("home")
    assert isinstance(home, HomePage)
    assert home.handed is not None
    assert home.handed.isVisible()
    assert "One key was handed to you" in said(home.handed)
    assert cleo.desktop.window.status.handed.text() == "One key was handed to you"
    page = cleo.go("exchange")
    assert isinstance(page, ExchangePage)
    assert page.handed.isVisible()

    cleo.click(cleo.desktop.window.status.open_keys)
    open_by_passphrase(cleo)

    assert not [item for item in cleo.desktop.window.findChildren(OpenKeysDialog) if item.isVisible()]
    assert not page.handed.isVisible()
    assert cleo.desktop.window.status.handed.isHidden()
    assert cleo.offices.installations["cleo"].folded(handed).current is not None


def test_a_wrong_passphrase_opens_nothing_and_the_dialog_stays(visit: Visiting, handed: str) -> None:
    cleo = visit("cleo")
    home = cleo.go("home")
    assert isinstance(home, HomePage)
    assert home.handed is not None
    home.handed.opening.trigger()
    cleo.settle()

    dialog = open_by_passphrase(cleo, "another passphrase")

    assert dialog.isVisible()
    assert dialog.problem.isVisible()
    assert dialog.passphrase.line.hasFocus()
    assert not dialog.passphrase.text()
    assert cleo.offices.installations["cleo"].folded(handed).current is None
    dialog.open_button.click()
    assert "Enter the passphrase" in said(dialog.problem)
    dialog.reject()


def test_after_one_passphrase_what_comes_later_opens_by_itself(visit: Visiting, handed: str, share: Path) -> None:
    cleo = visit("cleo")
    cleo.go("home")
    cleo.desktop.context.ask("open-keys")
    open_by_passphrase(cleo)
    later = cleo.offices.file()
    exchange(cleo.offices, share, "ada")

    FolderExchange(cleo.offices.installations["cleo"], share).run()
    cleo.desktop.context.tell(Changes(exchange=True))
    cleo.settle()

    assert access_watch(cleo.desktop.context).facts.handed == 0
    assert cleo.offices.installations["cleo"].folded(later).current is not None


def test_the_dialog_can_be_used_by_keyboard_and_has_names(visit: Visiting, handed: str) -> None:
    cleo = visit("cleo")
    cleo.go("home")
    cleo.desktop.context.ask("open-keys")
    dialog = cleo.dialog(OpenKeysDialog)

    assert nameless(dialog) == []
    assert unreachable(dialog) == []
    dialog.reject()


def test_nothing_is_cut_off_in_the_dialog_and_on_the_pages_with_large_text(
    twice: None, visit: Visiting, handed: str
) -> None:
    cleo = visit("cleo")
    for place in ("home", "exchange", "people"):
        page = cleo.go(place)
        cleo.settle()
        assert cut_off(page) == [], place
    settings = cleo.go("settings")
    assert isinstance(settings, SettingsPage)
    assert cut_off(settings.reading) == []
    cleo.desktop.context.ask("open-keys")
    dialog = cleo.dialog(OpenKeysDialog)
    assert cut_off(dialog) == []
    dialog.reject()


def test_a_case_page_says_who_can_read_it_why_and_who_has_the_key(visit: Visiting, handed: str) -> None:
    ada = visit("ada")
    page = ada.go("case", handed)
    assert isinstance(page, CasePage)
    page.readers.trigger()
    ada.settle()
    fold = page.cards.readers
    assert fold is not None
    assert fold.head.isChecked()

    words = said(fold)
    assert "Cleo" in words
    assert "CIO" in words
    assert "answers for it" in words
    assert "has the key" in words
    assert "began it" in words
    assert "given by" in words
    assert not page.give.isEnabled()
    assert nameless(fold) == []


def test_nothing_of_who_can_read_a_case_is_cut_off_with_large_text(twice: None, visit: Visiting, handed: str) -> None:
    page = visit("ada").go("case", handed)
    assert isinstance(page, CasePage)
    page.cards.open_readers()
    page.resize(page.size())
    QCoreApplication.processEvents()
    assert page.cards.readers is not None

    assert cut_off(page.cards.readers) == []


def test_access_is_given_by_a_signature_where_somebody_has_no_key(
    visit: Visiting, offices: Offices, handed: str, share: Path
) -> None:
    new = _another_auditor(offices, share)
    ada = visit("ada")
    page = ada.go("case", handed)
    assert isinstance(page, CasePage)
    assert page.give.isEnabled()
    assert page.cards.readers is not None
    assert "no key yet" in page.cards.readers.head.accessibleName()
    page.give.trigger()
    ada.settle()
    assert "Finn" in said(ada.dialog(SigningDialog))

    ada.sign()

    told = readers_of(offices.installations["ada"], handed)
    assert next(item for item in told.readers if item.person == new).has_key
    assert not page.give.isEnabled()


def _another_auditor(offices: Offices, share: Path) -> str:
    """Finn, who administers, becomes auditor too, and Ada knows it."""
    exchange(offices, share, "bob", "finn")
    bob = offices.installations["bob"]
    change = people.grant_role(bob, offices.signer("bob"), "finn", Role.AUDITOR)
    exchange(offices, share, "bob", "finn")
    people.endorse(offices.installations["finn"], offices.signer("finn"), change.roster)
    exchange(offices, share, "finn", "ada")
    return "finn"


def test_who_may_not_read_a_case_is_told_what_is_kept_and_passed_on(visit: Visiting, handed: str, share: Path) -> None:
    finn = visit("finn")
    exchange(finn.offices, share, "finn")
    page = finn.go("exchange")
    assert isinstance(page, ExchangePage)
    finn.settle()

    assert page.reading.state.text() == "Confidential"
    assert "for others" in page.reading.others.text()
    assert not page.handed.isVisible()
    assert finn.desktop.window.status.open_exchange.isHidden()
    settings = finn.go("settings")
    assert isinstance(settings, SettingsPage)
    assert settings.reading.state.text() == "Confidential"
    assert "passed on" in settings.reading.others.text()


def test_people_page_says_how_it_exchanges_and_an_administrator_opens_it(visit: Visiting, share: Path) -> None:
    bob = visit("bob")
    page = bob.go("people", "cleo")
    assert isinstance(page, PeoplePage)
    assert "Has a reader key" in said(page)
    card = page.side.widget().findChild(ExchangeCard)
    assert card is not None
    assert "Confidential" in said(card)

    bob.click(card.change)
    bob.sign()

    bob.settle()
    waiting = bob.offices.installations["bob"].rosters.pending
    assert [item.listed.roster.policy["exchange.readers"] for item in waiting] == ["open"]


def test_only_an_administrator_can_change_how_it_exchanges(visit: Visiting) -> None:
    page = visit("ada").go("people")
    assert isinstance(page, PeoplePage)
    card = page.side.widget().findChild(ExchangeCard)
    assert card is not None
    assert not card.change.isEnabled()
    assert card.change.toolTip()


def test_reader_key_is_found_without_a_passphrase(offices: Offices, handed: str) -> None:
    cleo = offices.installations["cleo"]
    assert reader_of(cleo, "cleo", person("cleo").fingerprint) == person("cleo").reader.fingerprint
    found = standing(cleo, "cleo", person("cleo").fingerprint)
    assert found.reading is Reading.CONFIDENTIAL
    assert found.handed == handed_to(cleo, person("cleo").reader.fingerprint) == 1
    assert standing(cleo, "nobody", "").handed == 0


def test_open_is_preselected_where_an_organisation_is_founded_as_long_as_packages_are_open(
    qtbot: QtBot, qapp: QApplication
) -> None:
    step = FirstStep(3)
    qtbot.addWidget(step)
    found = [step.reading.value]
    for kept in ("confidential", "nonsense"):
        step.choose(kept)
        found.append(step.reading.value)

    assert found == ["open", "confidential", "confidential"]


# ------------------------------------------------------------------------------------------------------ an open exchange
@pytest.fixture
def openly(
    qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path
) -> Iterator[tuple[Callable[[str], Visit], Offices]]:
    """The windows of an organisation that exchanges openly."""
    organisation = founded(tmp_path / "openly")
    made: list[Desktop] = []

    def open_window(name: str) -> Visit:
        sitting = session(organisation, name)
        wiring = Wiring(open_installation=lambda _: sitting, first_page=_first_page, companions=(AccessTold,))
        made.append(Desktop(qapp, Options(organisation.root / name), wiring))
        return Visit(qtbot, made[-1], organisation, name)

    yield open_window, organisation
    for desktop in made:
        desktop.close()
    organisation.close()


def test_an_open_exchange_is_marked_everywhere(openly: tuple[Callable[[str], Visit], Offices]) -> None:
    open_window, organisation = openly
    case = organisation.file()
    ada = open_window("ada")
    page = ada.go("case", case)
    assert isinstance(page, CasePage)
    assert page.cards.readers is not None
    assert "open" in page.cards.readers.head.accessibleName()
    page.readers.trigger()
    assert "everybody who has the folder" in said(page.cards.readers)
    assert not page.give.isEnabled()

    assert ada.desktop.window.status.open_exchange.text() == "Open exchange"
    exchanging = ada.go("exchange")
    assert isinstance(exchanging, ExchangePage)
    assert exchanging.reading.state.text() == "Open"
    assert not exchanging.reading.others.isVisible()


def test_an_administrator_makes_an_open_exchange_confidential(
    openly: tuple[Callable[[str], Visit], Offices],
) -> None:
    open_window, organisation = openly
    bob = open_window("bob")
    page = bob.go("people")
    assert isinstance(page, PeoplePage)
    card = page.side.widget().findChild(ExchangeCard)
    assert card is not None
    bob.click(card.change)
    assert "encrypted from then on" in said(bob.dialog(SigningDialog))
    bob.sign()
    change = organisation.installations["bob"].rosters.pending[0]
    organisation.travel("bob", "finn")
    people.endorse(organisation.installations["finn"], organisation.signer("finn"), change.listed.id)
    organisation.travel("finn", "bob")

    bob.desktop.context.tell(Changes(people=True))
    bob.settle()

    assert bob.desktop.window.status.open_exchange.isHidden()
    assert access_watch(bob.desktop.context).facts.reading is Reading.CONFIDENTIAL
