"""Judging files from outside: what needs a parser is asked of a worker, who counts is decided here.

Each file has a verdict whatever it does: a worker that dies of it makes it unreadable, and only it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.records.proof.verdict import RecordVerdict
from intake.records.refusals import NotARecord
from intake.services.installation.installation import Installation
from intake.services.outside.pool import OneFile, Pool, never
from intake.services.outside.process import Cancel
from intake.services.outside.refusals import AnswerUnusable, ReaderStopped, ReadingFailed
from intake.services.proving import judging, reading, tasks, verifying
from intake.services.proving.anchors import Anchor, anchor_of_register
from intake.services.proving.judged import FileSort, Judged, StatementJudged, unreadable
from intake.services.proving.standing_today import with_standing
from intake.services.proving.statements import RecordAsked, weigh_statement
from intake.services.proving.verifying import KnownOfRecord, RecordTooLarge
from intake.trust.acts import verify_act

_ACT_DOES_NOT_HOLD = Wording("AnswerActDoesNotHold", "the act in it does not hold")
_BYTES_A_SECOND = 1 << 20
"""A slow computer verifies more than that in a second."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to judge. ``data`` is empty for a package, which the worker opens itself by its ``path``; ``stated`` is a statement of
    standing of a record, empty for none.
    """

    sort: FileSort
    path: Path
    data: bytes = b""
    stated: bytes = b""


def verify_record(pool: Pool, pdf: bytes, anchor: Anchor, cancelled: Cancel = never) -> RecordVerdict:
    """As ``verifying.verify_record``, but what opens the PDF is another process.

    Raises NotARecord, RecordTooLarge, a ReadingFailed, or ReadingCancelled.
    """
    verifying.check_readable(pdf)
    with pool.one_file(cancelled) as file:
        return _verdict(file, pdf, anchor, verifying.known_of(pdf, anchor))


@dataclass(frozen=True, slots=True)
class StatedVerdict:
    """The verdict on a record with a statement of standing beside it, and that on the statement."""

    verdict: RecordVerdict
    statement: StatementJudged


def verify_stated(pool: Pool, pdf: bytes, stated: bytes, anchor: Anchor, cancelled: Cancel = never) -> StatedVerdict:
    """As ``verify_record``, with a statement of standing. What is wrong with that is in its verdict."""
    verifying.check_readable(pdf)
    known = verifying.known_of(pdf, anchor)
    with pool.one_file(cancelled) as file:
        return _with_statement(_verdict(file, pdf, anchor, known), known, stated, anchor)


def by_register(pool: Pool, cancelled: Cancel = never) -> Callable[[Installation, bytes], RecordVerdict]:
    """``verify_record`` with what a register knows: how ``records_at_hand.at_hand`` judges what colleagues signed."""
    return lambda installation, pdf: verify_record(pool, pdf, anchor_of_register(installation), cancelled)


def judge_file(pool: Pool, file: File, anchor: Anchor) -> Judged:
    """The verdict on one file of any sort. Raises ReadingCancelled when the pool was closed."""
    try:
        with pool.one_file(more=_more(file)) as asked:
            if file.sort is FileSort.PACKAGE:
                read = asked.ask(tasks.read_package, str(file.path.absolute()), anchor.org)
                return judging.of_package(read, anchor) if read.signer else read.judged
            if file.sort is FileSort.ACT:
                return _act(asked, file.data, anchor)
            verifying.check_readable(file.data)
            return _record(asked, file, anchor)
    except (NotARecord, RecordTooLarge, ReadingFailed) as refusal:
        return unreadable(FileSort.RECORD if file.sort is FileSort.UNKNOWN else file.sort, refusal)
    except (MemoryError, RecursionError) as error:
        # Our own reader has limits; should a file find a way past them, the files after it are judged all the same.
        return unreadable(file.sort, ReaderStopped(detail=type(error).__name__))


def _more(file: File) -> float:
    """Seconds for a package beyond those of any file: every act in it is verified, so an honest one takes its size."""
    if file.sort is not FileSort.PACKAGE or not file.path.is_file():
        return 0
    return file.path.stat().st_size / _BYTES_A_SECOND


def judge_here(file: File, anchor: Anchor) -> Judged:
    """As ``judge_file`` for an act or a package, in this process and without a limit of time: before it is imported.

    Importing reads the same bytes here with the same readers of ours, so nothing is risked that is not risked anyway;
    and a large package takes its time, and a computer that starts no worker can still import.
    """
    if file.sort is FileSort.ACT:
        read = reading.read_act(file.data)
        return read.verdict or judging.of_act(verify_act(file.data).act, sha256(file.data), anchor)
    package = reading.read_package_whole(file.path, anchor.org)
    return judging.of_package(package, anchor) if package.signer else package.judged


def _record(asked: OneFile, file: File, anchor: Anchor) -> Judged:
    known = verifying.known_of(file.data, anchor)
    verdict = _verdict(asked, file.data, anchor, known)
    if not file.stated:
        return judging.of_verdict(verdict)
    found = _with_statement(verdict, known, file.stated, anchor)
    return replace(judging.of_verdict(found.verdict), statement=found.statement)


def _with_statement(verdict: RecordVerdict, known: KnownOfRecord, blob: bytes, anchor: Anchor) -> StatedVerdict:
    stands = verdict.stands
    assert stands is not None  # it is asked of every record that is judged here
    told, stands = weigh_statement(blob, RecordAsked(verdict.sha256, known.state, stands, known.ends), anchor)
    return StatedVerdict(replace(verdict, stands=stands, step=stands.step if verdict.passed else verdict.step), told)


def _verdict(file: OneFile, pdf: bytes, anchor: Anchor, known: KnownOfRecord) -> RecordVerdict:
    found = file.ask(tasks.judge_record, pdf, known.evidence)
    # Which file it was is not for the worker to say, nor what became of it.
    return with_standing(replace(found, sha256=sha256(pdf)), known.state, known.base, anchor, notice=known.notice)


def _act(file: OneFile, blob: bytes, anchor: Anchor) -> Judged:
    read = file.ask(tasks.read_act, blob)
    if read.verdict is not None:
        return read.verdict
    try:
        # What a worker accepts is read again here, by our own strict reader: it cannot make an act of a file that is none.
        act = verify_act(blob).act
    except Refusal as refusal:
        raise AnswerUnusable(detail=_ACT_DOES_NOT_HOLD()) from refusal
    return judging.of_act(act, sha256(blob), anchor)
