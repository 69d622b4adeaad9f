"""What an exchange did, in numbers and sentences, and what the other side has that this register lacks.

Carriers fill ``FetchReport`` and ``SendReport``; how many acts were new, known, waiting or refused is only known after
the register took them, so services fill ``ExchangeReport``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence, words
from intake.exchange.entries import Entry, FileProblem, Head

_UNFINISHED = Sentence(
    "FilesUnfinished",
    "{count} files are not finished yet and left alone: still being sent, or left by a crash.",
    one="{count} file is not finished yet and left alone: still being sent, or left by a crash.",
)
_REPORTED_BEFORE = Sentence(
    "FilesReportedBefore",
    "{count} files are still as wrong as reported before.",
    one="{count} file is still as wrong as reported before.",
)
_FETCH_CANCELLED = Sentence("FetchCancelled", "You cancelled; what had arrived until then was kept.")
_REPAIRED = Sentence(
    "FilesRepaired",
    "{count} files were damaged there, and good copies were put beside.",
    one="{count} file was damaged there, and a good copy was put beside.",
)
_SENDER_HAS = Sentence(
    "SenderHasMore", "The sender has {count} acts you do not have.", one="The sender has {count} act you do not have."
)
_NEW = Sentence("ActsAreNew", "{count} acts are new.", one="{count} act is new.")
_SENT = Sentence("FilesWereSent", "{count} files were sent.", one="{count} file was sent.")
_UNSENT = Sentence("FilesNotSent", "{count} files could not be sent.", one="{count} file could not be sent.")
_WAITING = Sentence(
    "ActsWait",
    "{count} acts wait for something that has not arrived yet.",
    one="{count} act waits for something that has not arrived yet.",
)
_ASKING = Sentence(
    "PeopleAskToBeListed",
    "{count} people ask to be listed: an administrator compares the words of each key and lists them.",
    one="{count} person asks to be listed: an administrator compares the words of the key and lists them.",
)
_REFUSED = Sentence(
    "ActsWereRefused",
    "{count} acts were refused and kept in quarantine.",
    one="{count} act was refused and kept in quarantine.",
)
_FORKED = Sentence(
    "StreamsDiffer",
    "{count} streams differ from yours at the same number.",
    one="{count} stream differs from yours at the same number.",
)
_PROBLEMS = Sentence("FilesNeedALook", "{count} files need a look.", one="{count} file needs a look.")
_NOTHING_DONE = Sentence("ExchangeDidNothing", "Nothing was sent, and nothing new came.")
_NOTHING_NEW = Sentence("ExchangeNothingNew", "Nothing new on either side.")
_CANCELLED = Sentence("ExchangeEndedEarly", "You cancelled before the end; what was done stays done.")


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
    def notes(self) -> tuple[Reason, ...]:
        """What was skipped on purpose, one sentence each."""
        told = []
        if self.unfinished:
            told.append(_UNFINISHED(count=self.unfinished))
        if self.reported_before:
            told.append(_REPORTED_BEFORE(count=self.reported_before))
        if self.cancelled:
            told.append(_FETCH_CANCELLED())
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
    def notes(self) -> tuple[Reason, ...]:
        """What was noticed and needs no action, one sentence each."""
        return (_REPAIRED(count=self.repaired),) if self.repaired else ()


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
    def said(self) -> Reason | None:
        """That something is missing, as a sentence; None when nothing is."""
        return _SENDER_HAS(count=self.acts) if self.acts else None

    @property
    def sentence(self) -> str:
        """``said`` in words; empty when nothing is missing."""
        return words(self.said)


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

    ``asking`` are the enrolments (act ids) by which somebody asks to be listed here: they wait for a person, and are not
    among what waits for something that has not arrived.
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
    notes: tuple[Reason, ...] = ()
    cancelled: bool = False
    cases: frozenset[str] = frozenset()
    unsent: int = 0
    stopped: bool = False
    asking: tuple[str, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether nothing was done that anybody would want to hear of."""
        came = self.new or self.asking or self.waiting or self.refused
        return not (came or self.sent or self.unsent or self.problems or self.notes)

    @property
    def told(self) -> tuple[Reason, ...]:
        """Plain sentences, the most wanted first; never empty."""
        counted = (
            (_NEW, self.new),
            (_SENT, self.sent),
            (_UNSENT, self.unsent),
            (_ASKING, len(self.asking)),
            (_WAITING, self.waiting),
            (_REFUSED, self.refused),
            (_SENDER_HAS, self.missing.acts),
            (_FORKED, len(self.missing.forked)),
            (_PROBLEMS, len(self.problems)),
        )
        told = [*(said(count=count) for said, count in counted if count), *self.notes]
        if not told:
            told.append(_NOTHING_DONE() if self.stopped else _NOTHING_NEW())
        if self.cancelled:
            told.append(_CANCELLED())
        return tuple(told)

    @property
    def summary(self) -> tuple[str, ...]:
        """``told`` in words."""
        return tuple(map(words, self.told))


def report_of(refusal: Refusal) -> ExchangeReport | None:
    """What an exchange did all the same that ended with this refusal; ``None`` when the refusal tells of no exchange."""
    found = refusal.facts.get("report")
    return found if isinstance(found, ExchangeReport) else None
