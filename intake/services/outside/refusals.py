"""Why a file from outside could not be read: it cost too much, or it ended the process that read it."""

from __future__ import annotations

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import sources, words

_NEXT = "Do not rely on this file. Ask its sender for the original."


class ReadingFailed(Refusal):
    """Base: the file has no verdict, and only this file."""

    what = "This file could not be read."
    why = "Files from outside are read apart from the rest, so nothing else was harmed."
    next = _NEXT
    exit_code = 3


class TookTooLong(ReadingFailed):
    what = "Reading this file took more than {seconds} seconds."
    why = "A file of ours is read in a moment; this one keeps the program that reads it busy."


class TookTooMuchMemory(ReadingFailed):
    what = "Reading this file took more memory than {megabytes} MB."
    why = "A small file can unpack into more than a computer holds; this one was stopped."


class ReaderStopped(ReadingFailed):
    what = "The program that reads this file stopped ({detail})."
    why = "Something in it is built in a way that no reader expects."


class ReaderNotStarted(ReadingFailed):
    """The computer's fault, not the file's: nothing of the file was read."""

    what = "The program that reads files from outside could not be started ({detail})."
    why = "Nothing of this file was read, so nothing is said about it."
    next = "Close other programs, see that this account may run Countersign, and try again."


class AnswerUnusable(ReadingFailed):
    what = "What was read from this file makes no sense ({detail})."
    why = "The program that reads it gave an answer no sound file leads to."


class FileRefused(ReadingFailed):
    """What the reader itself refused, by its code and facts: said here, in the language that is spoken here."""

    what = "{refused}"

    def told(self, part: str) -> Reason | None:
        refused = self.facts["refused"]
        if part == "what" or not isinstance(refused, Reason) or f"{refused.code}.{part}" not in sources():
            return super().told(part)
        return Reason(f"{refused.code}.{part}", refused.facts)

    def _fill(self, part: str) -> str:
        return super()._fill(part) if part == "what" else words(self.told(part))


class ReadingCancelled(Exception):
    """Nobody wants the answer any more."""
