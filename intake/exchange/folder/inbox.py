"""Reading the files of an exchange folder that a listing found worth opening.

Every file that is wanted is read once, within its limit, and judged by its SHA-256 alone. What concerns one file becomes a problem
and the rest goes on; what concerns the whole folder ends the fetch with its refusal.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from intake import causes, files
from intake.domain.base.canonical import BYTES_OVER_LIMIT, sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.exchange import disk as disks
from intake.exchange.disk import Disk
from intake.exchange.entries import (
    OTHER_DIGEST,
    Cancel,
    Entry,
    EntryKind,
    FileProblem,
    Known,
    ProgressCall,
    Wanted,
    everything,
)
from intake.exchange.folder.listing import Candidate, looks_hollow, placeholder
from intake.exchange.refusals import (
    EntryRefusal,
    EntryTooLarge,
    FileBusy,
    FolderVanished,
    LinkSkipped,
    Placeholder,
    ShareGone,
    SpecialFile,
    Unreadable,
    WrongHash,
)
from intake.exchange.report import Tally
from intake.exchange.turns import in_turn

_FILE_GREW = Wording("FileGrew", "it grew beyond {limit} bytes while it was read")
_UNKNOWN = Wording("FileErrorUnknown", "unknown error")
_HOLLOW = Wording("FileHollow", "it has its size but no content")
_FILE_EMPTY = Wording("FileEmpty", "it is empty")


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """What a file was when it was read: its ``mark``, and the ``id`` it had, or empty when its content was wrong.

    ``empty`` says of a wrong one why it is taken for a file whose content has not come yet; such a file is told each time.
    """

    mark: tuple[int, ...]
    id: str = ""
    empty: Reason | None = None


Memory: TypeAlias = dict[str, ReadBefore]
"""What was read, by path."""

_IN_A_ROW: Final = 3
"""So many files failing one after the other are a failing share, not a bad file."""


class Inbox:
    """One run of reading; used once. ``memory`` belongs to the carrier and is brought up to date by the run."""

    def __init__(
        self,
        disk: Disk,
        root: Path,
        top: Path,
        limits: Mapping[EntryKind, int],
        sleep: Callable[[float], None],
        memory: Memory,
    ) -> None:
        self._disk = disk
        self._root = root
        self._top = top
        self._limits = limits
        self._sleep = sleep
        self._memory = memory
        self._given: set[tuple[EntryKind, str]] = set()

    def read(
        self,
        candidates: list[Candidate],
        known: Known,
        progress: ProgressCall,
        cancelled: Cancel,
        tally: Tally,
        asked: deque[str],
        wanted: Wanted = everything,
    ) -> Iterator[Entry | FileProblem]:
        """Raises FolderVanished, ShareGone or another CarrierStopped when the folder itself fails."""
        self._forget_others(candidates)
        failing = 0
        for count, one in enumerate(in_turn(candidates, _file, asked)):
            if count % 50 == 0:
                progress(count, len(candidates), "Reading")
            if cancelled():
                tally.cancelled = True
                return
            # Asked outside of what becomes a problem of the file: the answer may mean storing the acts that came before.
            if one.kind is EntryKind.BLOB and not wanted(one.claimed):
                tally.unwanted += 1
                continue
            result: Entry | FileProblem | None
            try:
                result = self._open(one, known, tally)
            except EntryRefusal as refusal:
                result = FileProblem(one.where, refusal, one.kind, one.claimed)
            except OSError as error:
                failing = failing + 1 if causes.is_gone(error) else 0
                result = self._failed(error, one, failing, tally)
            else:
                failing = 0
            if isinstance(result, Entry):
                self._given.add((result.kind, result.id))
            if result is not None:
                yield result
        progress(len(candidates), len(candidates), "Reading")

    def still_there(self, tally: Tally) -> None:
        """Raises FolderVanished or ShareGone when the organisation's folder itself cannot be listed any more."""
        try:
            self._disk.list(self._top)
        except OSError as error:
            stopped = disks.stopped(error, self._root, writing=False, done=tally.taken, report=tally.report())
            if isinstance(error, FileNotFoundError) and not isinstance(stopped, ShareGone):
                stopped = FolderVanished(**stopped.facts)
            raise stopped from error

    def _open(self, one: Candidate, known: Known, tally: Tally) -> Entry | FileProblem | None:
        """What is in this file; nothing when it is known, or wrong in the way already told. Raises EntryRefusal."""
        if one.claimed and (one.kind, one.claimed) in self._given:
            tally.known += 1
            return None
        state = one.file.stat(follow_symlinks=False)
        mark = _mark(state)
        before = self._memory.get(one.file.path)
        if before is not None and before.mark == mark:
            if before.empty:
                raise Placeholder(name=one.where, detail=before.empty)
            if not before.id:
                tally.reported_before += 1
                return None
            if self._has(one.kind, before.id, known):
                tally.known += 1
                return None
        try:
            state, data = self._content(one, state, tally)
        except EntryTooLarge:
            self._memory[one.file.path] = ReadBefore(mark)
            raise
        digest = sha256(data)
        if one.claimed and digest != one.claimed:
            return self._mismatch(one, state, mark, data, digest)
        if not one.claimed:
            if not data:
                raise Placeholder(name=one.where, detail=_FILE_EMPTY())
            self._memory[one.file.path] = ReadBefore(mark, digest)
            if self._has(one.kind, digest, known):
                tally.known += 1
                return None
        return Entry(one.kind, digest, data)

    def _content(self, one: Candidate, state: os.stat_result, tally: Tally) -> tuple[os.stat_result, bytes]:
        """The whole file and its state when opened; ``state`` is the one before opening."""
        limit = self._limits[one.kind]
        if not stat.S_ISREG(state.st_mode):
            raise SpecialFile(name=one.where)
        if reason := placeholder(state):
            raise Placeholder(name=one.where, detail=reason)
        if state.st_size > limit:
            raise EntryTooLarge(name=one.where, detail=BYTES_OVER_LIMIT(bytes=state.st_size, limit=limit))
        state, data = files.patiently(lambda: self._disk.read(one.file.path, limit), self._sleep)
        tally.read += 1
        tally.bytes_read += len(data)
        if not stat.S_ISREG(state.st_mode):
            raise SpecialFile(name=one.where)
        if len(data) > limit:
            raise EntryTooLarge(name=one.where, detail=_FILE_GREW(limit=limit))
        return state, data

    def _mismatch(
        self, one: Candidate, state: os.stat_result, mark: tuple[int, ...], data: bytes, digest: str
    ) -> FileProblem:
        refusal: EntryRefusal
        if looks_hollow(state, data):
            # May fill itself later, so it is not kept, and read again as soon as anything about it has changed. Not before
            # that: it costs nobody any room, and reading a thousand of them would cost everybody an hour.
            detail = _HOLLOW() if data else _FILE_EMPTY()
            self._memory[one.file.path] = ReadBefore(mark, empty=detail)
            refusal = Placeholder(name=one.where, detail=detail)
            return FileProblem(one.where, refusal, one.kind, one.claimed)
        self._memory[one.file.path] = ReadBefore(mark)
        refusal = WrongHash(name=one.where, detail=OTHER_DIGEST(digest=digest[:16]))
        return FileProblem(one.where, refusal, one.kind, one.claimed, data)

    def _has(self, kind: EntryKind, entry_id: str, known: Known) -> bool:
        return (kind, entry_id) in self._given or known(kind, entry_id)

    def _failed(self, error: OSError, one: Candidate, failing: int, tally: Tally) -> FileProblem | None:
        self.still_there(tally)
        if failing >= _IN_A_ROW:
            raise disks.stopped(error, self._root, writing=False, done=tally.taken, report=tally.report()) from error
        refusal: EntryRefusal
        if isinstance(error, FileNotFoundError):
            return None  # somebody tidied up since the listing
        if error.errno == errno.ELOOP:
            refusal = LinkSkipped(name=one.where)
        elif causes.is_busy(error):
            refusal = FileBusy(name=one.where)
        else:
            refusal = Unreadable(name=one.where, detail=error.strerror or _UNKNOWN())
        return FileProblem(one.where, refusal, one.kind, one.claimed)

    def _forget_others(self, candidates: list[Candidate]) -> None:
        here = {one.file.path for one in candidates}
        for path in [path for path in self._memory if path not in here]:
            del self._memory[path]


def _mark(state: os.stat_result) -> tuple[int, ...]:
    """What changes when a file does: a program that fills one may set the time of writing back, but then the file takes more
    room than before, or is no file of a cloud any more. Windows tells neither room nor the time of the last change.
    """
    return (
        state.st_size,
        state.st_mtime_ns,
        state.st_ctime_ns,
        getattr(state, "st_blocks", 0),
        getattr(state, "st_file_attributes", 0),
    )


def _file(one: Candidate) -> str:
    return one.claimed if one.kind is EntryKind.BLOB else ""
