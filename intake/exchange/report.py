"""What an exchange did, in numbers and plain words, and what the other side has that this register lacks.

Carriers fill ``FetchReport`` and ``SendReport``; how many acts were new, known, waiting or refused is only known after
the register took them, so services fill ``ExchangeReport``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from intake.domain.base.refusals import Refusal
from intake.exchange.entries import Entry, FileProblem, Head


@dataclass(frozen=True, slots=True)
class FetchReport:
    """One look through a folder or package. All numbers count files, except ``bytes_read``.

    ``listed`` files were seen in ``folders`` folders; of them ``known`` were not opened because the register has what
    their names promise, ``read`` were opened, ``taken`` became entries. ``unfinished`` and ``ignored`` were left
    alone, ``reported_before`` are problems told by an earlier fetch of this carrier that have not changed since;
    ``unwanted`` are files that no act here names, not opened either.
    """

    listed: int = 0
    folders: int = 0
    known: int = 0
    read: int = 0
    bytes_read: int = 0
    taken: int = 0
    problems: int = 0
    unfinished: int = 0
    ignored: int = 0
    reported_before: int = 0
    unwanted: int = 0
    cancelled: bool = False

    @property
    def messages(self) -> tuple[str, ...]:
        """What was skipped on purpose, one sentence each."""
        told = []
        if self.unfinished:
            told.append(
                f"{_files(self.unfinished)} not finished yet and left alone: still being sent, or left by a crash."
            )
        if self.reported_before:
            told.append(f"{_files(self.reported_before)} still as wrong as reported before.")
        if self.cancelled:
            told.append("You cancelled; what had arrived until then was kept.")
        return tuple(told)


@dataclass(slots=True)
class Tally:
    """The same numbers while they grow; private to the carriers."""

    listed: int = 0
    folders: int = 0
    known: int = 0
    read: int = 0
    bytes_read: int = 0
    taken: int = 0
    problems: int = 0
    unfinished: int = 0
    ignored: int = 0
    reported_before: int = 0
    unwanted: int = 0
    cancelled: bool = False

    def report(self) -> FetchReport:
        return FetchReport(
            self.listed,
            self.folders,
            self.known,
            self.read,
            self.bytes_read,
            self.taken,
            self.problems,
            self.unfinished,
            self.ignored,
            self.reported_before,
            self.unwanted,
            self.cancelled,
        )


class Fetch(Iterator[Entry | FileProblem]):
    """Entries and problems as they are read, one at a time. ``report`` is right at any moment, also after a refusal.

    A cancelled fetch simply ends, with ``report.cancelled`` set. ``soon`` asks for a file before its turn (``turns``).
    """

    def __init__(self, steps: Iterator[Entry | FileProblem], tally: Tally, asked: deque[str]) -> None:
        self._steps = steps
        self._tally = tally
        self._asked = asked

    def soon(self, sha256: str) -> None:
        """Give this file next, if the carrier has it and it is not known."""
        self._asked.append(sha256)

    def __next__(self) -> Entry | FileProblem:
        found = next(self._steps)
        if isinstance(found, FileProblem):
            self._tally.problems += 1
        else:
            self._tally.taken += 1
        return found

    @property
    def report(self) -> FetchReport:
        return self._tally.report()


@dataclass(frozen=True, slots=True)
class SendReport:
    """``sent`` files are new in the folder, ``already_there`` were before; ``repaired`` of the sent were there damaged.

    ``left`` are files that could not be put there; ``problems`` say why, of a folder inside once for all its files.

    Being in the folder proves nothing about the other side: a case is "sent" for a person only when an act of the
    other side descends from it.
    """

    sent: int = 0
    already_there: int = 0
    repaired: int = 0
    left: int = 0
    problems: tuple[FileProblem, ...] = ()
    cancelled: bool = False

    @property
    def messages(self) -> tuple[str, ...]:
        """What was noticed and needs no action, one sentence each."""
        if not self.repaired:
            return ()
        damaged = _many(
            self.repaired,
            "file was damaged there, and a good copy was",
            "files were damaged there, and good copies were",
        )
        return (f"{damaged} put beside.",)


@dataclass(frozen=True, slots=True)
class MissingActs:
    """How far this register is behind the heads of another.

    ``acts`` counts numbers between the heads, so it is an upper bound: a stream may skip numbers (rule R3).
    ``streams`` says how many for each stream; ``forked`` are streams where the same number names another act.
    """

    acts: int = 0
    streams: Mapping[str, int] = field(default_factory=dict)
    forked: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Empty when nothing is missing."""
        if not self.acts:
            return ""
        return f"The sender has {_many(self.acts, 'act', 'acts')} you do not have."


def missing_heads(theirs: Mapping[str, Head], own: Mapping[str, Head]) -> MissingActs:
    """Compare heads by stream (``manifest.stream_name``). Streams where this register is ahead count nothing."""
    behind: dict[str, int] = {}
    forked: list[str] = []
    for stream, head in sorted(theirs.items()):
        have = own.get(stream)
        if have is None:
            behind[stream] = head.seq
        elif head.seq > have.seq:
            behind[stream] = head.seq - have.seq
        elif head.seq == have.seq and head.act != have.act:
            behind[stream] = 1
            forked.append(stream)
    return MissingActs(sum(behind.values()), behind, tuple(forked))


@dataclass(frozen=True, slots=True)
class ExchangeReport:
    """One exchange as a person sees it. New, known, waiting and refused count acts; problems count files.

    ``unsent`` files could not be put there; ``problems`` say why. ``cases`` are the ids of the cases for which an act or a
    file arrived. ``stopped`` is whether a direction did not come to its end: then a refusal carries this report.
    """

    new: int = 0
    known: int = 0
    waiting: int = 0
    refused: int = 0
    sent: int = 0
    already_there: int = 0
    missing: MissingActs = field(default_factory=MissingActs)
    problems: tuple[FileProblem, ...] = ()
    messages: tuple[str, ...] = ()
    cancelled: bool = False
    cases: frozenset[str] = frozenset()
    unsent: int = 0
    stopped: bool = False

    @property
    def idle(self) -> bool:
        """Whether nothing was done that anybody would want to hear of."""
        return not (
            self.new or self.waiting or self.refused or self.sent or self.unsent or self.problems or self.messages
        )

    @property
    def summary(self) -> tuple[str, ...]:
        """Plain sentences, the most wanted first; never empty."""
        lines = []
        if self.new:
            lines.append(f"{_many(self.new, 'act is new', 'acts are new')}.")
        if self.sent:
            lines.append(f"{_many(self.sent, 'file was sent', 'files were sent')}.")
        if self.unsent:
            lines.append(f"{_many(self.unsent, 'file', 'files')} could not be sent.")
        if self.waiting:
            lines.append(f"{_many(self.waiting, 'act waits', 'acts wait')} for something that has not arrived yet.")
        if self.refused:
            lines.append(f"{_many(self.refused, 'act was', 'acts were')} refused and kept in quarantine.")
        if self.missing.sentence:
            lines.append(self.missing.sentence)
        if self.missing.forked:
            lines.append(
                f"{_many(len(self.missing.forked), 'stream differs', 'streams differ')} from yours at the same number."
            )
        if self.problems:
            lines.append(f"{_many(len(self.problems), 'file needs', 'files need')} a look.")
        lines.extend(self.messages)
        if not lines and self.stopped:
            lines.append("Nothing was sent, and nothing new came.")
        elif not lines:
            lines.append("Nothing new on either side.")
        if self.cancelled:
            lines.append("You cancelled before the end; what was done stays done.")
        return tuple(lines)


def report_of(refusal: Refusal) -> ExchangeReport | None:
    """What an exchange did all the same that ended with this refusal; ``None`` when the refusal tells of no exchange."""
    found = refusal.facts.get("report")
    return found if isinstance(found, ExchangeReport) else None


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _files(count: int) -> str:
    return _many(count, "file is", "files are")
