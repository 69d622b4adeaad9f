"""The window over a home that cannot be written: everything is shown, and the status line says why nothing is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.domain.base.refusals import Refusal
from intake.register.refusals import HomeFull, HomeReadOnly
from intake.services.deciding import deciding
from tests.mounts import fill, read_only, small_disk
from tests.ui.sessions import PASSPHRASE, Sessions
from ui.app import Desktop, Options, default_wiring
from ui.home_lock import HomeNotWritable, take_home
from ui.jobs import Bug, JobLane


@pytest.fixture
def window(sessions: Sessions, qapp: QApplication) -> Iterator[Desktop]:
    session = sessions.session("bob")
    sessions.offices.file()
    sessions.offices.travel("ada", "bob")
    session.workspace.change_settings(folder=str(session.workspace.root.parent))
    session.installation.register.close()
    with read_only(session.workspace.root):
        assert take_home(session.workspace.root) is None
        desktop = Desktop(qapp, Options(session.workspace.root), default_wiring())
        desktop.show()
        yield desktop
        desktop.close()


@pytest.mark.exhaustive
def test_it_opens_and_the_status_line_says_it(window: Desktop, qtbot: QtBot) -> None:
    bugs: list[Bug] = []
    unheard: list[Refusal] = []
    window.jobs.bug.connect(bugs.append)
    window.jobs.unheard_refusal.connect(unheard.append)
    status = window.window.status

    qtbot.waitUntil(lambda: status.read_only.text().startswith("Read only: "))
    qtbot.waitUntil(lambda: status.person.text() != "")
    for place in ("register", "records", "people", "exchange", "settings", "drafts", "inbox", "help"):
        window.window.go(place)
        qtbot.waitUntil(lambda: not window.jobs.busy)

    assert status.read_only.isVisible()
    assert (bugs, unheard) == ([], [])


def test_signing_is_refused_with_the_way_out(window: Desktop, qtbot: QtBot) -> None:
    case = window.context.run(
        JobLane.REGISTER, lambda _, session: session.installation.register.queries.page(limit=1).rows[0].case
    )
    with qtbot.waitSignal(case.done) as found:
        pass

    said = window.context.run(
        JobLane.REGISTER,
        lambda _, session: deciding.comment(session.installation, session.signer(PASSPHRASE), found.args[0], "Seen"),
    )
    with qtbot.waitSignal(said.refused) as refused:
        pass

    assert isinstance(refused.args[0], HomeReadOnly)


def test_a_folder_without_a_register_is_still_refused(tmp_path) -> None:
    with read_only(tmp_path):
        assert isinstance(take_home(tmp_path), HomeNotWritable)


def test_a_home_that_can_be_written_says_nothing(sessions: Sessions, qapp: QApplication, qtbot: QtBot) -> None:
    session = sessions.session("bob")
    desktop = Desktop(qapp, Options(session.workspace.root), default_wiring())
    desktop.show()

    qtbot.waitUntil(lambda: desktop.window.status.person.text() != "")

    assert not desktop.window.status.read_only.isVisible()
    desktop.close()


@pytest.mark.attack(
    "a disk that is full when the window is opened", refusal="opened to be read; HomeFull for every writing"
)
def test_on_a_full_disk_it_opens_says_why_and_refuses_to_sign(
    sessions: Sessions, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    session = sessions.session("bob")
    session.installation.register.close()
    with small_disk(tmp_path / "disk", 12) as disk:
        shutil.copytree(session.workspace.root, disk / "home")
        fill(disk)
        lock = take_home(disk / "home")
        assert not isinstance(lock, Refusal)
        desktop = Desktop(qapp, Options(disk / "home"), default_wiring())
        bugs: list[Bug] = []
        desktop.jobs.bug.connect(bugs.append)
        desktop.show()

        status = desktop.window.status
        qtbot.waitUntil(lambda: status.read_only.text() != "")
        asked = desktop.context.run(
            JobLane.REGISTER, lambda _, session: session.installation.register.require_writing()
        )
        with qtbot.waitSignal(asked.refused) as refused:
            pass

        assert status.read_only.text() == "Read only: nothing can be signed or saved here (its disk is full)"
        assert isinstance(refused.args[0], HomeFull)
        assert bugs == []
        desktop.close()
        if lock is not None:
            lock.unlock()
