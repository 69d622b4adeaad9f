"""Changing desks in the sample: what is offered, that another home follows in the same program, and who stays."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import resources
from intake.domain.organisation.roster import Role
from intake.sample.desks import desks_beside
from intake.services.installation.workspace import Session, Workspace, open_installation
from tests.ui.walk import nameless
from ui import app
from ui.app import Desktop, Options, Wiring
from ui.companions.desks import SampleDesks
from ui.companions.leaving import Leaving
from ui.companions.trying import trials
from ui.exchange.delivery import DeliveryFacts
from ui.home_lock import AlreadyOpen, take_home
from ui.places import places
from ui.widgets.dialogs import RefusalDialog

DESKS = ("olivia.grant", "daniel.whitcombe", "ingrid.solberg")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Homes as those of a sample are, of nobody's organisation; gives the folder around them."""
    root = tmp_path / "installations"
    for name in DESKS:
        workspace = Workspace(root / name)
        workspace.change_settings(person=name, sample=True)
        open_installation(workspace, resources.read, resources.names).register.close()
    return root


def opening(options: Options) -> Session:
    workspace = Workspace(options.data_dir)
    return Session(workspace, open_installation(workspace, resources.read, resources.names))


@pytest.fixture
def wiring() -> Wiring:
    return Wiring(open_installation=opening, first_place="help", companions=(SampleDesks,))


def desks_of(desktop: Desktop) -> SampleDesks:
    return next(item for item in desktop.window.children() if isinstance(item, SampleDesks))


@pytest.fixture
def ingrid(qtbot: QtBot, qapp: QApplication, theme: object, sample: Path, wiring: Wiring) -> Desktop:
    made = Desktop(qapp, Options(sample / "ingrid.solberg", sample=True), wiring)
    made.show()
    qtbot.waitUntil(lambda: bool(made.window.findChildren(SampleDesks)) and desks_of(made).line is not None)
    return made


def test_the_shipped_sample_has_every_desk() -> None:
    people = tomllib.loads(resources.read("sample/people.toml").decode())
    roles = {item["id"]: item["roles"][0] for item in people["people"] if item.get("roles")}

    assert {roles[name] for name in people["installations"]} == {"owner", "cio", "ciso", "records", "administrator"}


def test_the_desks_are_those_that_are_there_in_the_order_of_a_use_case(sample: Path, tmp_path: Path) -> None:
    found = desks_beside(sample / "ingrid.solberg", resources.read)

    assert [(desk.person, desk.role) for desk in found] == [
        ("olivia.grant", Role.OWNER),
        ("daniel.whitcombe", Role.CISO),
        ("ingrid.solberg", Role.ADMINISTRATOR),
    ]
    assert desks_beside(tmp_path, resources.read) == ()


@pytest.mark.parametrize("role", list(Role))
def test_everything_to_try_is_a_place_of_the_window(role: Role) -> None:
    assert {item.place for item in trials(role)} <= {place.key for place in places()}


def test_the_line_says_who_one_is_and_offers_the_others(ingrid: Desktop, sample: Path) -> None:
    line = desks_of(ingrid).line

    assert line is not None
    assert line.who.text() == "Sample. You are: Ingrid Solberg (Administrator)"
    assert [action.text() for action in line.desks.menu().actions()] == [
        "Be Olivia Grant (Business owner)",
        "Be Daniel Whitcombe (CISO)",
        "Be Ingrid Solberg (Administrator)",
    ]
    assert nameless(line) == []
    found = {action.text() for action in ingrid.window.all_actions()}
    assert "Be Olivia Grant (Business owner)" in found
    ingrid.close()


def test_what_to_try_is_one_click_away(ingrid: Desktop) -> None:
    went: list[str] = []
    ingrid.context.went.connect(lambda place, _: went.append(place))

    ingrid.window.commands.action("try-1").trigger()

    assert went == ["people"]
    ingrid.close()


def test_another_desk_follows_with_its_lock_taken(ingrid: Desktop, sample: Path) -> None:
    ingrid.window.commands.action("desk-olivia.grant").trigger()

    following = ingrid.changer.following
    assert following is not None
    assert following.home == sample / "olivia.grant"
    assert isinstance(take_home(following.home), AlreadyOpen)
    assert not ingrid.window.isVisible()
    assert following.lock is not None
    following.lock.unlock()
    ingrid.close()


def test_a_desk_that_is_open_elsewhere_is_refused_and_one_stays(ingrid: Desktop, sample: Path) -> None:
    lock = take_home(sample / "olivia.grant")

    ingrid.window.commands.action("desk-olivia.grant").trigger()

    assert ingrid.changer.following is None
    assert ingrid.window.isVisible()
    assert ingrid.window.findChild(RefusalDialog) is not None
    lock.unlock()  # type: ignore[union-attr]  # it was free
    ingrid.close()


def test_who_goes_on_in_a_window_that_did_not_close_stays(ingrid: Desktop, sample: Path) -> None:
    ingrid.window.commands.action("desk-olivia.grant").trigger()
    ingrid.context.go("help")

    assert ingrid.changer.following is None
    lock = take_home(sample / "olivia.grant")
    assert lock is not None
    assert not isinstance(lock, AlreadyOpen)
    lock.unlock()  # type: ignore[union-attr]  # it was free
    ingrid.close()


def test_who_stays_to_send_first_stays_at_this_desk(qtbot: QtBot, ingrid: Desktop, sample: Path) -> None:
    leaving = Leaving(ingrid.context, ingrid.window)
    qtbot.waitUntil(lambda: not leaving._watch.reading)
    leaving._watch.facts = DeliveryFacts(1, 1, str(sample))
    mine, other = (ingrid.window.commands.action(f"desk-{name}") for name in ("ingrid.solberg", "olivia.grant"))
    other.trigger()
    qtbot.waitUntil(lambda: leaving.dialog is not None)
    assert ingrid.changer.following is not None

    leaving.dialog.stay.click()  # type: ignore[union-attr]  # it is there

    assert ingrid.changer.following is None
    lock = take_home(sample / "olivia.grant")
    assert not isinstance(lock, AlreadyOpen)
    lock.unlock()  # type: ignore[union-attr]  # it was free
    assert (mine.isChecked(), other.isChecked()) == (True, False)
    ingrid.close()


@pytest.mark.exhaustive
def test_the_program_goes_on_at_the_other_desk(
    qtbot: QtBot, qapp: QApplication, theme: object, sample: Path, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[str] = []

    def visit(self: Desktop) -> int:
        """What a person does at each desk, in place of the event loop."""
        qtbot.waitUntil(lambda: bool(self.window.findChildren(SampleDesks)) and desks_of(self).line is not None)
        visited.append(self.context.data_dir.name)
        if len(visited) == 1:
            self.window.commands.action("desk-daniel.whitcombe").trigger()
        else:
            self.window.close()
        return 0

    shown: list[Desktop] = []
    show = Desktop.show

    def showing(self: Desktop) -> None:
        shown.append(self)
        show(self)

    monkeypatch.setattr(Desktop, "show", showing)
    monkeypatch.setattr(app, "application", lambda: qapp)
    monkeypatch.setattr(QApplication, "exec", lambda *_: visit(shown[-1]))

    code = app.main(["--sample", "--data-dir", str(sample / "olivia.grant")], replace(wiring))

    assert code == 0
    assert visited == ["olivia.grant", "daniel.whitcombe"]
