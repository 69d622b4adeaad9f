"""The page for an organisation's own playbook: slips by line, what changes, and an acceptance of what was checked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import resources
from intake.services.organisation import playbooks
from tests.core import solved_once
from tests.ui.sessions import PASSPHRASE, Sessions
from tests.ui.walk import nameless, unreachable
from ui.jobs import JobTask
from ui.people import reading as people
from ui.playbook.findings import DifferencesCard
from ui.playbook.page import PlaybookPage
from ui.widgets.signing import SigningDialog

__all__ = ["solved_once"]

EXAMPLE = Path(resources.__file__).parent / "playbook/overlay-example"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "ours"))


@pytest.fixture
def page(sessions: Sessions, qtbot: QtBot) -> PlaybookPage:
    return opened(sessions, qtbot, "bob")


def opened(sessions: Sessions, qtbot: QtBot, name: str) -> PlaybookPage:
    page = PlaybookPage(sessions.context(name))
    qtbot.addWidget(page)
    page.resize(1040, 760)
    page.show()
    page.activated(None)
    qtbot.waitUntil(lambda: page.use is not None)
    return page


def check(page: PlaybookPage, qtbot: QtBot, folder: Path) -> None:
    with qtbot.waitSignal(page.ready, timeout=30_000):
        page.check(folder)


def words(page: PlaybookPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_before_a_folder_is_checked_the_page_says_what_to_do(page: PlaybookPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "No folder checked yet" in words(page))
    assert not page.accept_action.isEnabled()
    assert not page.again_action.isEnabled()
    assert nameless(page) == []
    assert unreachable(page) == []


def test_every_slip_is_told_with_its_file_and_line_and_nothing_can_be_accepted(
    page: PlaybookPage, qtbot: QtBot, folder: Path
) -> None:
    (folder / "rules.toml").write_text("rules = 3\n", encoding="utf-8")

    check(page, qtbot, folder)

    qtbot.waitUntil(lambda: "One thing to fix in ours" in words(page))
    qtbot.waitUntil(lambda: "rules.toml, line 1" in words(page))
    assert not page.accept_action.isEnabled()


@pytest.mark.exhaustive
def test_after_mending_it_is_checked_again_and_what_changes_is_listed(
    page: PlaybookPage, qtbot: QtBot, folder: Path
) -> None:
    whole = (folder / "rules.toml").read_bytes()
    (folder / "rules.toml").write_text("rules = 3\n", encoding="utf-8")
    check(page, qtbot, folder)
    (folder / "rules.toml").write_bytes(whole)

    with qtbot.waitSignal(page.ready, timeout=30_000):
        page.again_action.trigger()

    (card,) = page.findChildren(DifferencesCard)
    found = page.found
    assert found is not None
    told = "\n".join(label.text() for label in card.findChildren(QLabel))
    assert {item.title for item in found.checked.differences} <= set(told.split("\n"))
    qtbot.waitUntil(lambda: "is in order" in words(page))
    assert page.accept_action.isEnabled()
    assert nameless(page) == []
    assert unreachable(page) == []


@pytest.mark.exhaustive
def test_what_was_checked_is_accepted_though_the_folder_changed_meanwhile(
    page: PlaybookPage, sessions: Sessions, qtbot: QtBot, folder: Path
) -> None:
    check(page, qtbot, folder)
    assert page.found is not None
    assert page.found.checked.playbook is not None
    digest = page.found.checked.playbook.digest
    (folder / "meta.toml").write_text(
        (folder / "meta.toml").read_text(encoding="utf-8") + "# later\n", encoding="utf-8"
    )
    (folder / "rules.toml").unlink()

    page.accept_action.trigger()
    qtbot.waitUntil(lambda: any(item.isVisible() for item in page.findChildren(SigningDialog)))
    dialog = next(item for item in page.findChildren(SigningDialog) if item.isVisible())
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    dialog.passphrase.line.setText(PASSPHRASE)
    with qtbot.waitSignal(page.context.changed, timeout=30_000):
        dialog.sign.click()

    # A second version beside the one that waits would be its rival.
    (folder / "rules.toml").write_bytes((EXAMPLE / "rules.toml").read_bytes())
    check(page, qtbot, folder)
    qtbot.waitUntil(lambda: "It waits for the other administrators" in words(page), timeout=20_000)
    assert not page.accept_action.isEnabled()
    assert [item.digest for item in playbooks.waiting(sessions.offices.installations["bob"])] == [digest]
    assert any("question" in text for text in shown)
    sessions.offices.travel("bob", "finn")
    (waiting,) = playbooks.waiting(sessions.offices.installations["finn"])
    assert waiting.playbook is not None
    assert waiting.playbook.digest == digest
    # The administrator who endorses it reads what it changes, too.
    (version,) = people.look(JobTask(), sessions.session("finn")).waiting
    assert "Use cases are then asked by Playbook of Example Works 2026 (2026.1)." in version.told.lines
    assert "It adds 3 questions, 2 tier rules, 1 control, 1 duty." in version.told.lines


@pytest.mark.exhaustive
def test_nobody_but_an_administrator_can_accept(sessions: Sessions, qtbot: QtBot, folder: Path) -> None:
    page = opened(sessions, qtbot, "ada")

    check(page, qtbot, folder)

    qtbot.waitUntil(lambda: "An administrator can accept it" in words(page))
    assert not page.accept_action.isEnabled()


def test_a_folder_without_a_playbook_is_refused_in_words(page: PlaybookPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    check(page, qtbot, tmp_path / "empty")

    qtbot.waitUntil(lambda: "There is no playbook in empty: it has no file meta.toml." in words(page))


@pytest.mark.exhaustive
def test_the_example_is_a_whole_folder_to_begin_with_and_never_overwrites(
    page: PlaybookPage, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(page.ready, timeout=30_000):
        page._on_example(str(tmp_path))

    assert sorted(path.name for path in (tmp_path / "playbook-example").iterdir()) == sorted(
        path.name for path in EXAMPLE.iterdir()
    )
    assert page.accept_action.isEnabled()
    kept = (tmp_path / "playbook-example" / "meta.toml").read_bytes()
    with qtbot.waitSignal(page.ready, timeout=30_000):
        page._on_example(str(tmp_path))
    qtbot.waitUntil(lambda: "something of this name is there already" in words(page))
    assert (tmp_path / "playbook-example" / "meta.toml").read_bytes() == kept


@pytest.mark.exhaustive
def test_a_folder_dropped_on_the_window_is_checked_and_a_file_is_not(
    page: PlaybookPage, qtbot: QtBot, folder: Path
) -> None:
    assert not page.take_files([folder / "meta.toml"])
    with qtbot.waitSignal(page.ready, timeout=30_000):
        assert page.take_files([folder])
    assert page.found is not None


@pytest.mark.slow("a playbook is solved")
@pytest.mark.exhaustive
def test_the_folder_is_remembered(page: PlaybookPage, sessions: Sessions, qtbot: QtBot, folder: Path) -> None:
    check(page, qtbot, folder)

    again = opened(sessions, qtbot, "bob")

    qtbot.waitUntil(again.again_action.isEnabled)
    with qtbot.waitSignal(again.ready, timeout=30_000):
        again.again_action.trigger()
    assert again.found is not None
    assert again.found.folder == folder
