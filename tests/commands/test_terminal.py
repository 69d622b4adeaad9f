"""Questions at a real terminal: what is typed for a passphrase is not shown, and everything can be cancelled."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from contextlib import suppress

import pytest

from tests.commands.house import PASSPHRASE

fcntl = pytest.importorskip("fcntl", reason="terminals of POSIX systems")
termios = pytest.importorskip("termios")

PATIENCE = 60


class Terminal:
    """``countersign`` with a terminal to itself."""

    def __init__(self, *words) -> None:
        self._ours, theirs = os.openpty()
        self._program = subprocess.Popen(
            [sys.executable, "-m", "intake.cli", *map(str, words)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            # Without it a program asks whatever terminal the tests were started from.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY),  # noqa: PLW1509 - no lock is taken in it
        )
        os.close(theirs)
        self.said = ""

    def wait_for(self, text: str) -> None:
        begin = len(self.said)
        while text not in self.said[begin:]:
            assert self._more(), self.said

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode(errors="surrogateescape"))

    def end(self) -> int:
        while self._more():
            pass
        os.close(self._ours)
        return self._program.wait(PATIENCE)

    def _more(self) -> bool:
        assert select.select([self._ours], [], [], PATIENCE)[0], self.said
        with suppress(OSError):
            if got := os.read(self._ours, 4096):
                self.said += got.decode()
                return True
        return False


@pytest.fixture
def terminal(tmp_path):
    return Terminal("new-key", "Ada", "--person", "ada", "--home", tmp_path / "home")


@pytest.mark.exhaustive
def test_a_new_passphrase_is_typed_twice_and_unseen(terminal, tmp_path):
    for prompt, typed in (
        ("New passphrase: ", ""),
        ("New passphrase: ", PASSPHRASE),
        ("Repeat for confirmation: ", "something else"),
        ("New passphrase: ", PASSPHRASE),
        ("Repeat for confirmation: ", PASSPHRASE),
    ):
        terminal.wait_for(prompt)
        terminal.type(f"{typed}\r")

    assert terminal.end() == 0
    assert "The two are not the same." in terminal.said
    assert "made for Ada" in terminal.said
    assert PASSPHRASE not in terminal.said
    assert list((tmp_path / "home" / "keys").iterdir())


@pytest.mark.exhaustive
def test_a_question_can_be_cancelled(terminal, tmp_path):
    terminal.wait_for("New passphrase: ")
    terminal.type("\x03")

    assert terminal.end() == 130
    assert terminal.said.splitlines()[1] == "Cancelled."
    assert "Traceback" not in terminal.said
    assert not list((tmp_path / "home").glob("keys/*"))


@pytest.mark.exhaustive
def test_a_question_can_be_left_unanswered(terminal):
    terminal.wait_for("New passphrase: ")
    terminal.type("\x04")

    assert terminal.end() == 2
    assert "Nothing was typed where an answer is needed: New passphrase." in terminal.said


@pytest.mark.attack("a passphrase that no other terminal could type", refusal="TypedNoText")
def test_a_passphrase_is_text(terminal, tmp_path):
    terminal.wait_for("New passphrase: ")
    terminal.type(b"p\xe4ssphrase in Latin-1\r".decode(errors="surrogateescape"))

    assert terminal.end() == 2
    assert terminal.said.splitlines()[1:2] == ["What was typed is not text."]
    assert not list((tmp_path / "home").glob("keys/*"))


@pytest.mark.exhaustive
def test_only_yes_is_yes(tmp_path):
    terminal = Terminal("roster", "accept", "a" * 64, "--home", tmp_path / "home")
    for typed in ("perhaps", "Yes "):
        terminal.wait_for("[y/N]: ")
        terminal.type(f"{typed}\r")

    assert terminal.end() == 0
    assert "Answer y or n." in terminal.said
    assert "This register belongs to:" in terminal.said
