"""What people wrote stays within its line of an answer, and steers no terminal."""

from __future__ import annotations

import pytest

from intake.commands.terminal import say, say_text, tell


@pytest.mark.attack("a text that reads as further rows of a terminal", refusal="its lines stand behind a stroke")
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x85"])
def test_a_text_of_several_lines_begins_no_new_row(capsys, end: str) -> None:
    say(f"Provider         Acme{end}Conditions       None")

    assert capsys.readouterr().out == "Provider         Acme\n    | Conditions       None\n"


def test_what_steers_a_terminal_is_shown(capsys) -> None:
    say("a\x1b[2Jb\u202ec")
    tell("a\x1b]0;x\x07", over=True)

    told = capsys.readouterr()
    assert told.out == "a\\x1b[2Jb\\u202ec\n"
    assert told.err == "\ra\\x1b]0;x\\x07\n"


def test_our_own_lines_are_as_they_are(capsys) -> None:
    say("")
    say_text('{\n  "a": 1\n}')

    assert capsys.readouterr().out == '\n{\n  "a": 1\n}\n'
