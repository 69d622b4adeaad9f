"""Sending into an exchange folder: each entry appears whole under its right name, or not at all.

Nothing is overwritten or deleted. Folders are listed once per run instead of asking for every file, because on a
network share each question is a round trip.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from intake import causes, files
from intake.domain.base.canonical import BYTES_OVER_LIMIT, sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording, words
from intake.exchange import disk as disks
from intake.exchange.disk import Disk
from intake.exchange.entries import DAMAGED_HERE, Cancel, Entry, EntryKind, FileProblem, ProgressCall, shown
from intake.exchange.folder.listing import holds, is_cloud_name, placeholder
from intake.exchange.folder.probing import try_writing
from intake.exchange.folder.reading_back import holds_whole
from intake.exchange.refusals import (
    CarrierStopped,
    EntryRefusal,
    EntryTooLarge,
    FileBusy,
    FolderClosed,
    InTheWay,
    TooLargeForFolder,
    WrongHash,
)
from intake.exchange.report import SendReport
from intake.exchange.steps import SENDING

_COPIES: Final = 9
_ALL_DAMAGED = Wording("CopiesAllDamaged", "all copies that are there are damaged")
_IN_THE_WAY = Wording("FileWhereFolderBelongs", "a file or a link is where this folder belongs")
_IN_A_ROW: Final = 3


class Outbox:
    """One run of sending; used once."""

    def __init__(
        self,
        disk: Disk,
        root: Path,
        top: Path,
        limits: Mapping[EntryKind, int],
        sleep: Callable[[float], None],
        doubted: Callable[[Entry], bool],
    ) -> None:
        self._disk = disk
        self._root = root
        self._top = top
        self._limits = limits
        self._sleep = sleep
        self._doubted = doubted
        self._listed: dict[Path, dict[str, list[os.DirEntry[str]]]] = {}
        self._touched: set[Path] = set()
        self._given: set[tuple[EntryKind, str]] = set()
        self._closed: set[Path] = set()
        self._writable = False
        self._room = sys.maxsize
        self._full: OSError | None = None
        self._sent = self._there = self._repaired = self._left = 0
        self._problems: list[FileProblem] = []

    def send(
        self,
        entries: Iterable[Entry],
        total: int | None,
        progress: ProgressCall,
        cancelled: Cancel,
        there: Callable[[Entry], None],
    ) -> SendReport:
        was_cancelled = False
        held = handled = 0
        try:
            for count, entry in enumerate(entries):
                if count % 50 == 0:
                    progress(count, total, words(SENDING()))
                if cancelled():
                    was_cancelled = True
                    break
                if len(entry.data) >= self._room:
                    self._left += 1
                    continue
                try:
                    lies_there = self._give(entry)
                    held = 0
                except OSError as error:
                    lies_there = False
                    held = held + 1 if isinstance(error, causes.FileHeld) else 0
                    self._failed(error, entry, held)
                if lies_there:
                    there(entry)
                else:
                    self._left += 1
                handled = count + 1
        finally:
            self._sync()
        if self._full is not None and not was_cancelled:
            raise self._stopped(self._full) from self._full
        progress(handled, total, words(SENDING()))
        return self._report(cancelled=was_cancelled)

    def _report(self, *, cancelled: bool = False) -> SendReport:
        return SendReport(self._sent, self._there, self._repaired, self._left, tuple(self._problems), cancelled)

    def _give(self, entry: Entry) -> bool:
        """Whether it is there now. Raises OSError; refusals about this entry alone become problems."""
        limit = self._limits[entry.kind]
        if len(entry.data) > limit:
            self._problem(entry, EntryTooLarge, BYTES_OVER_LIMIT(bytes=len(entry.data), limit=limit))
            return False
        if sha256(entry.data) != entry.id:
            # Never let a damaged local file out under a name that promises something else.
            self._problem(entry, WrongHash, DAMAGED_HERE())
            return False
        folder = self._folder_of(entry)
        if folder in self._closed or folder.parent in self._closed:
            return False
        lying = self._list(folder).get(entry.id, [])
        if (entry.kind, entry.id) in self._given or any(self._is_good(file, entry) for file in lying):
            self._there += 1
            return True
        if not self._write(entry, folder, damaged=bool(lying)):
            return False
        self._given.add((entry.kind, entry.id))
        return True

    def _folder_of(self, entry: Entry) -> Path:
        return self._top / entry.kind.folder / entry.id[:2]

    def _write(self, entry: Entry, folder: Path, *, damaged: bool) -> bool:
        name = entry.path.rsplit("/", 1)[1]
        stem, dot, suffix = name.partition(".")
        for copy in range(_COPIES + 1):
            target = folder / (f"{stem}.copy-{copy}{dot}{suffix}" if copy else name)
            try:
                self._put(target, entry.data)
            except FileExistsError:
                # There before us, or put there this moment by somebody else: good, or damaged and kept.
                if holds_whole(self._disk, target, entry):
                    self._there += 1
                    return True
                damaged = True
                continue
            self._touched.add(folder)
            self._sent += 1
            if damaged:
                self._repaired += 1
            return True
        self._problem(entry, InTheWay, _ALL_DAMAGED())
        return False

    def _put(self, target: Path, data: bytes) -> None:
        try:
            files.put(self._disk, target, disks.slices(data), sleep=self._sleep)
        except FileNotFoundError:
            # Somebody removed the empty folder since we looked. Make it again, once.
            self._make(target.parent)
            files.put(self._disk, target, disks.slices(data), sleep=self._sleep)

    def _list(self, folder: Path) -> dict[str, list[os.DirEntry[str]]]:
        if folder in self._listed:
            return self._listed[folder]
        self._make(folder)
        by_id: dict[str, list[os.DirEntry[str]]] = {}
        for file in self._disk.list(folder):
            if promised := holds(file.name):
                by_id.setdefault(promised, []).append(file)
        self._listed[folder] = by_id
        return by_id

    def _make(self, folder: Path) -> None:
        """Make the three levels under the root, never the root itself. Raises NotADirectoryError for a file or link."""
        for level in (self._top, folder.parent, folder):
            with suppress(FileExistsError):
                self._disk.make_folder(level)
                self._touched.add(level.parent)
            if not stat.S_ISDIR(os.lstat(level).st_mode):
                raise NotADirectoryError(errno.ENOTDIR, shown(level.name), str(level))

    def _is_good(self, file: os.DirEntry[str], entry: Entry) -> bool:
        if self._doubted(entry):
            return holds_whole(self._disk, Path(file.path), entry)
        if is_cloud_name(file.name):
            return True
        try:
            state = file.stat(follow_symlinks=False)
        except FileNotFoundError:
            return False
        if placeholder(state):
            return True
        return stat.S_ISREG(state.st_mode) and state.st_size == len(entry.data)

    def _failed(self, error: OSError, entry: Entry, held: int) -> None:
        """Turn an error of one entry into a problem, or of the folder into its refusal."""
        if error.errno == errno.EFBIG:
            self._problem(entry, TooLargeForFolder)
        elif isinstance(error, causes.FileHeld) and held < _IN_A_ROW:
            self._problem(entry, FileBusy)
        elif causes.is_full(error) and len(entry.data) > files.TRIAL:
            # A large file finds no room; the acts behind it may, and one of them may be a stop.
            self._full, self._room = error, len(entry.data)
        elif not self._concerns_one_folder(error, self._folder_of(entry)):
            raise self._stopped(error) from error

    def _stopped(self, error: OSError) -> CarrierStopped:
        return disks.stopped(error, self._root, writing=True, done=self._sent, report=self._report())

    def _concerns_one_folder(self, error: OSError, folder: Path) -> bool:
        """Whether only this folder or the one above it is in the way; then it is told once, and nothing more goes there.

        Anybody may have made it, and what belongs into the other folders must not stay here for that. Raises what the
        organisation's own folder refuses, if it cannot be written either.
        """
        in_the_way = isinstance(error, NotADirectoryError)
        if not in_the_way and (not causes.is_closed(error) or isinstance(error, causes.FileHeld)):
            return False
        if error.filename == str(self._top):
            return False
        above = error.filename == str(folder.parent) or not _may_look_for(folder)
        wrong = folder.parent if above else folder
        if not in_the_way and not self._writable:
            if trouble := try_writing(self._top, self._disk):
                raise self._stopped(trouble) from error
            self._writable = True
        self._closed.add(wrong)
        where = wrong.relative_to(self._top).as_posix()
        refusal = (
            InTheWay(name=where, detail=_IN_THE_WAY())
            if in_the_way
            else FolderClosed(name=where, detail=causes.cause(error))
        )
        self._problems.append(FileProblem(where, refusal))
        return True

    def _problem(self, entry: Entry, refusal: type[EntryRefusal], detail: Reason | None = None) -> None:
        self._problems.append(
            FileProblem(entry.path, refusal(name=entry.path, detail=detail or ""), entry.kind, entry.id)
        )

    def _sync(self) -> None:
        # The files themselves were forced to disk one by one; their names are, folder by folder, at the end. A share
        # that is gone by now has its own refusal already.
        for folder in sorted(self._touched):
            with suppress(OSError):
                self._disk.sync_folder(folder)


def _may_look_for(folder: Path) -> bool:
    """Whether the folder above this one lets us ask for it, be it there or not."""
    try:
        os.lstat(folder)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
