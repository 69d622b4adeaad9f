"""The terminal: answers on the standard output, everything else on the error stream, and questions to the person at it.

A program started without a stream, such as one with a window, answers into nothing.
"""

from __future__ import annotations

import getpass
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

from intake.causes import cause
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import hidden_in


class AnswerNotWritten(Refusal):
    what = "The answer cannot be written: {detail}."
    why = "The command did what it did; only what it says about that has no place to go."
    next = "Make room or write the answer elsewhere, and look at what is there now before you run it again."
    exit_code = 3


class TypedNoText(Refusal):
    what = "What was typed is not text."
    why = "Its bytes mean nothing in the encoding of this system, so it could not be typed the same way elsewhere."
    next = "Set the terminal to the encoding of the system, most likely UTF-8, and type it again."


class NobodyReads(Exception):
    """The program that read the standard output has ended, as ``head`` does."""


def prepare() -> None:
    """A terminal that lacks a letter shows its number; an answer is never cut off by it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """One line of the answer, at once. Raises NobodyReads or AnswerNotWritten.

    What other people wrote into it stays in it: where their text goes on in a new line it does so behind a stroke, so that it
    cannot look like the next line of the answer, and what would steer the terminal is shown and not done.
    """
    say_text(_CONTINUED.join(_harmless(part) for part in line.splitlines()))


def say_text(text: str) -> None:
    """Lines that this program wrote, as they are. Raises as ``say``."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_answering()
        raise NobodyReads from None
    except OSError as error:
        _give_up_answering()
        raise AnswerNotWritten(detail=cause(error)) from None


def tell(text: str, *, end: str = "\n", over: bool = False) -> None:
    """Something beside the answer, on the error stream, ``over`` what the line says already.

    Where it cannot be written, the command goes on.
    """
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write("\r" * over + "\n".join(map(_harmless, text.split("\n"))) + end)
            sys.stderr.flush()


def ask_unseen(question: str, *, twice: bool) -> str:
    """What is typed without being shown; ``twice`` until both are the same. Raises EOFError where nobody types, or TypedNoText."""
    while True:
        typed = _typed_unseen(question)
        if not twice or typed == _typed_unseen("Repeat for confirmation"):
            return typed
        tell("The two are not the same.")


def ask_yes(question: str) -> bool:
    """Yes or no, and no when nothing is said. Raises EOFError where nobody types, or TypedNoText."""
    while True:
        tell(f"{question} [y/N]: ", end="")
        said = _line().strip().lower()
        if said in {"y", "yes"}:
            return True
        if said in {"", "n", "no"}:
            return False
        tell("Answer y or n.")


def _harmless(text: str) -> str:
    for char in hidden_in(text):
        text = text.replace(char, ascii(char)[1:-1])
    return _STEERS.sub(lambda found: ascii(found[0])[1:-1], text)


_CONTINUED = "\n    | "
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Controls of terminals, ends of lines, and what turns the direction of the rest of a line."""


def _typed_unseen(question: str) -> str:
    if sys.stdin is None:
        raise EOFError
    typed = ""
    while not typed:
        with _question_left_behind():
            typed = getpass.getpass(f"{question}: ", sys.stderr)
    if any("\ud800" <= letter <= "\udfff" for letter in typed):
        # Where Python keeps such bytes, they arrive as halves of letters.
        raise TypedNoText
    return typed


def _line() -> str:
    with _question_left_behind():
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            raise EOFError
        return line


@contextmanager
def _question_left_behind() -> Iterator[None]:
    """A question that is not answered keeps its line; what is said of that begins on the next."""
    try:
        yield
    except UnicodeDecodeError:
        tell("")
        raise TypedNoText from None
    except (EOFError, KeyboardInterrupt):
        tell("")
        raise


def _give_up_answering() -> None:
    """Python writes what is left once more when it ends, and would then complain on its own behalf."""
    sys.stdout = None
