"""The verdict on a file of any sort, and how it is known what sort of file it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, together, words
from intake.domain.case.standing_said import StandsToday
from intake.domain.case.statement import StandingStatement
from intake.records.proof.verdict import SignatureFinding

NOBODY_TRUSTED = Sentence("NobodyTrusted", "The signature holds, but nobody said which organisation to trust.")
GIVE_ANCHOR = Sentence("GiveOrganisationAndActs", "Give the organisation’s id and its acts, then check it again.")
DO_NOT_RELY = Sentence("DoNotRelyOnFile", "Do not rely on this file. Ask its sender for the original.")
NOTHING_TO_DO = Sentence("NothingToDo", "Nothing needs to be done.")


class FileSort(StrEnum):
    RECORD = "record"
    ACT = "act"
    PACKAGE = "package"
    UNKNOWN = "unknown"


class Result(StrEnum):
    """The answers, in the names of ETSI EN 319 102-1; unreadable is a file that is none of ours, or not whole."""

    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    UNREADABLE = "UNREADABLE"
    FAILED = "TOTAL-FAILED"

    @property
    def exit_code(self) -> int:
        return {Result.PASSED: 0, Result.FAILED: 1, Result.INDETERMINATE: 2, Result.UNREADABLE: 3}[self]


WORST_LAST = tuple(Result)
"""A failed file is worse than an unreadable one: somebody vouched for what is not so."""

DOES_NOT_STAND = 4
CODES_WORST_LAST = (0, DOES_NOT_STAND, 2, 3, 1)
"""Exit codes of a file. That a decision does not stand is known for sure, so what is not sure about signatures is worse."""


@dataclass(frozen=True, slots=True)
class StatementJudged:
    """What a statement of standing is worth (``statements``). ``result`` is about its signature and the right of its signer;
    ``decides`` whether the standing that is given is its own.

    ``statement`` is None for a file that is none. ``name`` and ``role`` are of its signer, ``age`` is in days.
    """

    result: Result
    said: Reason
    step: Reason
    statement: StandingStatement | None = None
    name: str = ""
    role: str = ""
    age: int = 0
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """``sub_indication`` is empty for everything but records; ``said`` is the answer and ``step`` what to do next;
    ``holds`` lists what did hold, ``unseen`` what could not be looked at here. ``standing`` is what an act, or the signature under a package, is worth now (a ``Worth``): beside the verdict, since an
    act that counted until something took its place passes too.
    """

    sort: FileSort
    result: Result
    sub_indication: str
    said: Reason
    step: Reason
    sha256: str = ""
    organisation: str = ""
    policy: str = ""
    signatures: tuple[SignatureFinding, ...] = ()
    holds: tuple[Reason, ...] = ()
    unseen: tuple[Reason, ...] = ()
    standing: str = ""
    stands: StandsToday | None = None
    """Of a record, whether what it says is so today: the second answer, beside that about its signatures."""

    statement: StatementJudged | None = None
    """A statement of standing that was given with it."""

    @property
    def exit_code(self) -> int:
        """Four where the signatures hold and the decision does not stand; who cannot know does not say no. A statement that was
        given with it is worth as much as a file.
        """
        stopped = self.stands is not None and not self.stands.holds
        own = DOES_NOT_STAND if self.result is Result.PASSED and stopped else self.result.exit_code
        stated = self.statement.result.exit_code if self.statement is not None else 0
        return max(own, stated, key=CODES_WORST_LAST.index)

    def saying(self, result: Result, said: Reason, step: Reason) -> Judged:
        """The same file with another answer."""
        return replace(self, result=result, said=said, step=step)

    @property
    def sentence(self) -> str:
        return words(self.said)

    @property
    def next_step(self) -> str:
        return words(self.step)

    @property
    def checked(self) -> tuple[str, ...]:
        """What did hold, in words."""
        return tuple(map(words, self.holds))

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What could not be looked at here, in words."""
        return tuple(map(words, self.unseen))


def sort_of(head: bytes, name: str) -> FileSort:
    """What a file is, by its first bytes; where those say nothing, by its name."""
    for start, sort in ((b"%PDF-", FileSort.RECORD), (b"PK\x03\x04", FileSort.PACKAGE), (b"\x30", FileSort.ACT)):
        if head.startswith(start):
            return sort
    return _BY_NAME.get(Path(name).suffix.lower(), FileSort.UNKNOWN)


def unreadable(sort: FileSort, refusal: Refusal) -> Judged:
    """The verdict on a file that could not be read."""
    said = together(refusal.given, refusal.told("why"))
    return Judged(sort, Result.UNREADABLE, "", said, refusal.told("next") or DO_NOT_RELY())


_BY_NAME = {".pdf": FileSort.RECORD, ".p7m": FileSort.ACT, ".countersign": FileSort.PACKAGE}
