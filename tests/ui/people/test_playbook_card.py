"""A newer program brings a newer playbook: it is used once the administrators accepted it, and said until then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake.domain.organisation.accepted_playbooks import accepted
from intake.domain.playbook.reading.playbook import from_json
from intake.domain.playbook.whole import Playbook
from intake.services.installation.installation import Desk, Shelf
from intake.services.organisation import playbooks
from tests.ui.sessions import PASSPHRASE, Seats
from tests.ui.walk import nameless, unreachable
from ui.people.page import PeoplePage
from ui.widgets.links import Link
from ui.widgets.signing import SigningDialog

OFFER = "This program brings Core playbook 2026 (2027.01)"


def updated(desk: Desk) -> Desk:
    """The same installation under a program that brings a newer core."""
    newer = from_json(desk.shelf.core.as_json() | {"version": "2027.01"})
    shelf = Shelf(newer)
    shelf.follow(lambda: accepted(desk.rosters), desk.register.queries.blob)
    return replace(desk, shelf=shelf)


@pytest.fixture
def newer(seats: Seats) -> Playbook:
    for name in ("ada", "bob", "finn"):
        seats.offices.desks[name] = updated(seats.offices.desks[name])
    return seats.offices.desks["bob"].shelf.core


@pytest.fixture
def page(newer: Playbook, seats: Seats, qtbot: QtBot) -> PeoplePage:
    return opened(seats, qtbot, "bob")


def opened(seats: Seats, qtbot: QtBot, name: str) -> PeoplePage:
    page = PeoplePage(seats.context(name))
    qtbot.addWidget(page)
    page.resize(1040, 760)
    page.show()
    page.activated(None)
    qtbot.waitUntil(lambda: page.found is not None and page.table.model.total > 0, timeout=20_000)
    return page


def offer(page: PeoplePage) -> QPushButton | None:
    buttons = page.side.widget().findChildren(QPushButton)
    return next((item for item in buttons if item.accessibleName() == OFFER), None)


def words(page: PeoplePage) -> str:
    return "\n".join(label.text() for label in page.side.widget().findChildren(QLabel))


def test_the_playbook_in_use_stays_until_the_newer_one_is_accepted(
    page: PeoplePage, newer: Playbook, seats: Seats
) -> None:
    desk = seats.offices.desks["bob"]

    assert desk.shelf.current.version != newer.version
    assert f"Core playbook 2026 ({desk.shelf.current.version})" in words(page)
    assert OFFER in words(page)
    assert nameless(page) == []
    assert unreachable(page) == []


def test_administrators_accept_it_by_signing_a_roster(
    page: PeoplePage, newer: Playbook, seats: Seats, qtbot: QtBot
) -> None:
    offices = seats.offices
    button = offer(page)
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)))
    dialog = next(item for item in page.findChildren(SigningDialog) if item.isVisible())
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.context.changed, timeout=30_000):
        dialog.sign.click()

    (waiting,) = playbooks.waiting(offices.desks["bob"])
    assert waiting.digest == newer.digest
    offices.travel("bob", "finn")
    finn = opened(seats, qtbot, "finn")
    assert "Requests are then asked by Core playbook 2026 (2027.01)." in words(finn)
    assert offer(finn) is None


def test_nobody_else_can_accept_it(newer: Playbook, seats: Seats, qtbot: QtBot) -> None:
    page = opened(seats, qtbot, "ada")
    button = offer(page)

    assert button is not None
    assert not button.isEnabled()
    assert button.toolTip() == "Only an administrator can accept a playbook."


def test_the_card_leads_to_ones_own_playbook(seats: Seats, qtbot: QtBot) -> None:
    page = opened(seats, qtbot, "bob")
    link = next(item for item in page.side.widget().findChildren(Link))

    with qtbot.waitSignal(page.context.went, check_params_cb=lambda place, _: place == "playbook"):
        link.click()
