"""Settings: each has one store, what is refused says why, and another key is enrolled with at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from intake.services.installation.workspace import InstallationSettings as Kept
from intake.services.organisation import people
from tests.people import person
from tests.ui.sessions import Sessions, key_file
from tests.ui.walk import nameless, unreachable
from ui.help.about import AboutDialog
from ui.help.page import HelpPage
from ui.settings.key_cards import NewKeyDialog
from ui.settings.page import SettingsPage
from ui.theme import Scheme

ShowPage = Callable[[str], SettingsPage]


@pytest.fixture
def show(qtbot: QtBot, sessions: Sessions) -> ShowPage:
    def make(name: str) -> SettingsPage:
        page = SettingsPage(sessions.context(name))
        qtbot.addWidget(page)
        page.resize(1040, 760)
        page.show()
        page.activated(None)
        qtbot.waitUntil(lambda: page.shown is not None, timeout=20_000)
        return page

    return make


def test_the_theme_has_one_store(sessions: Sessions, show: ShowPage) -> None:
    page = show("dan")
    before = page.context.theme.scheme

    page.theme.set_value("dark")
    page.theme.changed.emit()

    assert page.context.settings.scheme is Scheme.DARK
    assert page.context.theme.scheme is Scheme.DARK
    assert not hasattr(Kept(), "theme")
    page.context.theme.set_scheme(before)
    assert page.theme.value() == before.value


def test_the_key_in_use_is_named_and_listed(sessions: Sessions, show: ShowPage) -> None:
    page = show("dan")

    assert page.person.text() == "You sign as Dan (dan)."
    assert page.shown is not None
    assert [(key.fingerprint, key.in_use, key.listed) for key in page.shown.keys] == [
        (person("dan").fingerprint, True, True)
    ]
    assert nameless(page) == []
    assert unreachable(page) == []


def test_another_key_here_can_be_used(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    other = person("dan", number=2)
    sessions.session("dan").workspace.bring_key(key_file(other.key), "a passphrase for tests")
    page = show("dan")
    button = next(item for item in page.keys.findChildren(QPushButton) if item.accessibleName().startswith("Use the"))

    with qtbot.waitSignal(page.context.changed, timeout=20_000):
        button.click()

    assert sessions.session("dan").settings.key == other.fingerprint


@pytest.mark.exhaustive
def test_a_new_key_is_used_and_enrolled_with(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    page = show("dan")
    page.new_key.trigger()
    dialog = page.findChild(NewKeyDialog)
    assert dialog is not None
    dialog.form.passphrase.set_value("four plain words here")
    dialog.form.again.set_value("four plain words here")

    with qtbot.waitSignal(page.context.changed, timeout=60_000):
        dialog.form.submit()

    session = sessions.session("dan")
    asked = [item for item in people.enrolments(session.installation) if item.fingerprint == session.settings.key]
    assert session.settings.key != person("dan").fingerprint
    assert [(item.person, item.listed) for item in asked] == [("dan", False)]


@pytest.mark.parametrize("address", ["ftp://example.org", "just words", "http://", "https://[broken"])
def test_an_address_that_cannot_work_is_refused_at_the_field(
    sessions: Sessions, show: ShowPage, qtbot: QtBot, address: str
) -> None:
    page = show("dan")
    page.tsa.set_value(address)

    page.save_tsa.click()

    qtbot.waitUntil(lambda: "not the address of a timestamp service" in page.tsa_said.text(), timeout=20_000)
    assert sessions.session("dan").settings.tsa == ""


def test_a_timestamp_address_is_kept(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    page = show("dan")
    page.tsa.set_value("https://tsa.example.org/")

    page.save_tsa.click()

    qtbot.waitUntil(lambda: page.tsa_said.text().startswith("Saved"), timeout=20_000)
    assert sessions.session("dan").settings.tsa == "https://tsa.example.org/"


def test_rebuilding_proves_that_nothing_differs(sessions: Sessions, show: ShowPage, qtbot: QtBot) -> None:
    sessions.offices.file("ada")
    page = show("ada")

    page.check.trigger()

    qtbot.waitUntil(page.answer.isVisible, timeout=30_000)
    assert page.answer.title.text() == "Everything is as the signed acts say"
    assert "computed again: 1." in page.answer.text.text()


def test_help_and_about_are_read_by_keyboard(sessions: Sessions, qtbot: QtBot) -> None:
    page, about = HelpPage(sessions.context("ada")), AboutDialog()
    qtbot.addWidget(page)
    qtbot.addWidget(about)

    assert "PySide6-Essentials" in about.text.toPlainText()
    assert nameless(page) + nameless(about) == []
