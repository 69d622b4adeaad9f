"""A newer program brings a newer playbook: it is used once the administrators accepted it, and said until then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from intake.domain.organisation.accepted_playbooks import accepted
from intake.domain.playbook.reading.playbook import from_json
from intake.domain.playbook.whole import Playbook
from intake.services.installation.installation import Installation, PlaybookShelf
from intake.services.installation.playbook_rules import PlaybookRuleReader
from intake.services.organisation import playbooks
from tests.ui.sessions import PASSPHRASE, Sessions
from tests.ui.walk import nameless, unreachable
from ui.people.page import PeoplePage
from ui.widgets.links import LinkButton
from ui.widgets.signing import SigningDialog

OFFER = "This program brings Core playbook 2026 (2027.01)"


def updated(installation: Installation) -> Installation:
    """The same installation under a program that brings a newer core."""
    newer = from_json(without_a_duty(installation.shelf.core.as_json()) | {"version": "2027.01"})
    shelf = PlaybookShelf(newer)
    shelf.follow(lambda: accepted(installation.rosters), installation.register.queries.blob)
    # Of that program its own core is the measure.
    return replace(installation, shelf=shelf, playbook_rules=PlaybookRuleReader())


def without_a_duty(core: dict[str, Any]) -> dict[str, Any]:
    """The same playbook as it would be with one duty less."""
    return core | {"duties": core["duties"][1:]}


@pytest.fixture
def newer(sessions: Sessions) -> Playbook:
    for name in ("ada", "bob", "finn"):
        sessions.offices.installations[name] = updated(sessions.offices.installations[name])
    return sessions.offices.installations["bob"].shelf.core


@pytest.fixture
def page(newer: Playbook, sessions: Sessions, qtbot: QtBot) -> PeoplePage:
    return opened(sessions, qtbot, "bob")


def opened(sessions: Sessions, qtbot: QtBot, name: str) -> PeoplePage:
    page = PeoplePage(sessions.context(name))
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


@pytest.mark.exhaustive
def test_the_playbook_in_use_stays_until_the_newer_one_is_accepted(
    page: PeoplePage, newer: Playbook, sessions: Sessions
) -> None:
    installation = sessions.offices.installations["bob"]

    assert installation.shelf.current.version != newer.version
    assert f"Core playbook 2026 ({installation.shelf.current.version})" in words(page)
    assert OFFER in words(page)
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.exhaustive
def test_administrators_accept_it_by_signing_a_roster(
    page: PeoplePage, newer: Playbook, sessions: Sessions, qtbot: QtBot
) -> None:
    offices = sessions.offices
    current = offices.installations["bob"].shelf.current
    gone = next(duty.text for duty in current.duties if duty not in newer.duties)
    button = offer(page)
    assert button is not None
    button.click()
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)))
    dialog = next(item for item in page.findChildren(SigningDialog) if item.isVisible())
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    assert shown[shown.index("Taken out: 1 duty") + 1] == gone
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.context.changed, timeout=30_000):
        dialog.sign.click()

    (waiting,) = playbooks.waiting(offices.installations["bob"])
    assert waiting.digest == newer.digest
    offices.travel("bob", "finn")
    finn = opened(sessions, qtbot, "finn")
    assert "Use cases are then asked by Core playbook 2026 (2027.01)." in words(finn)
    assert offer(finn) is None


@pytest.mark.exhaustive
def test_nobody_else_can_accept_it(newer: Playbook, sessions: Sessions, qtbot: QtBot) -> None:
    page = opened(sessions, qtbot, "ada")
    button = offer(page)

    assert button is not None
    assert not button.isEnabled()
    assert button.toolTip() == "Only an administrator can accept a playbook."


def test_the_card_leads_to_ones_own_playbook(sessions: Sessions, qtbot: QtBot) -> None:
    page = opened(sessions, qtbot, "bob")
    link = next(item for item in page.side.widget().findChildren(LinkButton))

    with qtbot.waitSignal(page.context.went, check_params_cb=lambda place, _: place == "playbook"):
        link.click()
