"""The exchange folder: a share, a stick, or a folder some program synchronises.

``<root>/<org>/ev/<2 hex>/<blob id>.p7m`` holds acts, ``<root>/<org>/blob/<2 hex>/<sha256>`` holds blobs; where the
organisation exchanges confidentially ``enc`` and ``encblob`` hold both encrypted, and ``key`` the keys for each reader. Before an
organisation exists, enrol acts meet in ``<root>/founding``. Files appear whole, are never overwritten and never
deleted; any copy whose content is right is read, whatever its name, a blob when an act asks for it. Unfinished ``.part`` files of a crash stay too:
they are skipped, and removing files by age would need to trust a clock.
"""

from __future__ import annotations

import stat
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from intake.domain.base.names import is_id
from intake.domain.base.wording import words
from intake.exchange import disk as disks
from intake.exchange.disk import Disk
from intake.exchange.entries import (
    MAX_BLOB,
    Cancel,
    Entry,
    EntryKind,
    FileProblem,
    Known,
    ProgressCall,
    Wanted,
    everything,
    never,
    nobody_asks,
    nothing_doubted,
    nothing_known,
    shown,
    silent,
)
from intake.exchange.folder.inbox import Inbox, Memory
from intake.exchange.folder.listing import holds, is_cloud_name, kind_of, survey, walk
from intake.exchange.folder.outbox import Outbox
from intake.exchange.folder.reading_back import lies_in
from intake.exchange.refusals import CarrierStopped, FolderMissing, FolderUnreadable, NotAFolder
from intake.exchange.report import Fetch, SendReport, Tally
from intake.exchange.steps import LOOKING

FOUNDING: Final = "founding"
"""Where acts meet that carry no organisation yet."""

MAX_FILES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Present:
    """What a folder holds by name, with the sizes found (-1 when only a cloud service knows)."""

    sizes: Mapping[tuple[EntryKind, str], frozenset[int]] = field(hash=False)

    def has(self, kind: EntryKind, entry_id: str, size: int | None = None) -> bool:
        """Whether it is there; with ``size`` in bytes, whether a file of that size is (a truncated one is not)."""
        found = self.sizes.get((kind, entry_id))
        return found is not None and (size is None or size in found or -1 in found)


class FolderCarrier:
    """One organisation's part of an exchange folder. Keep one object while the app runs: it remembers files whose
    names say nothing, so that they are not read again every minute.

    ``org`` is the organisation's id, or empty for acts made before it exists. ``max_blob`` is in bytes. Raises
    ValueError for an ``org`` that is no id; everything about the folder itself is said by the methods.
    """

    def __init__(
        self,
        root: Path,
        org: str,
        *,
        max_blob: int = MAX_BLOB,
        max_files: int = MAX_FILES,
        disk: Disk | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if org and not is_id(org):
            raise ValueError("an organisation is named by 64 lower-case hexadecimal digits")
        self.root = root
        self.org = org
        self._top = root / (org or FOUNDING)
        self._limits = {kind: kind.limit for kind in EntryKind} | {EntryKind.BLOB: max_blob}
        self._max_files = max_files
        self._disk = disk or Disk()
        self._sleep = sleep
        self._remembered: Memory = {}
        self._told: set[str] = set()

    def fetch(
        self,
        known: Known = nothing_known,
        *,
        wanted: Wanted = everything,
        progress: ProgressCall = silent,
        cancelled: Cancel = never,
    ) -> Fetch:
        """Entries that are not known, acts first, and problems. Nothing is read before the first ``next``.

        A file that is not ``wanted`` is not opened: it may be of any size, and anybody can put a thousand of them there.

        Raises, from ``next``: FolderMissing, NotAFolder, FolderUnreadable, FolderVanished, ShareGone, TooManyFiles.
        An organisation without a folder yet gives nothing.
        """
        tally = Tally()
        asked: deque[str] = deque()
        return Fetch(self._fetch(known, wanted, progress, cancelled, tally, asked), tally, asked)

    def forget(self) -> None:
        """Read and tell again what was wrong: it was told, and could not be kept."""
        self._remembered.clear()
        self._told.clear()

    def send(
        self,
        entries: Iterable[Entry],
        *,
        total: int | None = None,
        doubted: Callable[[Entry], bool] = nothing_doubted,
        progress: ProgressCall = silent,
        cancelled: Cancel = never,
        there: Callable[[Entry], None] = nobody_asks,
    ) -> SendReport:
        """Put entries there that are not yet. Hand blobs before the acts that name them, so nobody has to wait.

        What is there in another size (of what is ``doubted``: with another content) is damaged, and gets a good copy
        beside it. ``there`` is told each entry that is there now, as far as its name and size tell, or its content where it
        was doubted: of no other may it be said that it was sent.

        A folder inside that is closed, or whose place something else has taken, is a problem, and what belongs into the
        others is sent. Raises, each with the SendReport so far in ``report``: FolderMissing, NotAFolder, FolderVanished,
        ShareGone, FolderReadOnly, FolderFull, FolderBlocked, FolderBusy, PathTooLong.
        """
        self._check_root()
        return Outbox(self._disk, self.root, self._top, self._limits, self._sleep, doubted).send(
            entries, total, progress, cancelled, there
        )

    def present(self, *, progress: ProgressCall = silent, cancelled: Cancel = never) -> Present:
        """What is there by name, so that only the rest needs to be loaded and sent. Raises as ``fetch`` does."""
        self._check_root()
        found: dict[tuple[EntryKind, str], set[int]] = {}
        tally = Tally()
        try:
            for count, (inside, file) in enumerate(walk(self._disk, self._top, [], tally)):
                if count % 1000 == 0:
                    progress(count, None, words(LOOKING()))
                    if cancelled():
                        break
                if promised := holds(file.name):
                    # What cannot be asked for its size is not there for anybody.
                    with suppress(OSError):
                        size = -1 if is_cloud_name(file.name) else file.stat(follow_symlinks=False).st_size
                        found.setdefault((kind_of(inside, file.name), promised), set()).add(size)
        except FileNotFoundError:
            self._check_root()  # no folder for this organisation yet, unless the root itself went away
        except OSError as error:
            raise self._stopped(error) from error
        return Present({key: frozenset(sizes) for key, sizes in found.items()})

    def holds_encrypted(self) -> bool:
        """Whether anything encrypted lies there. What cannot be looked at counts as no."""
        with suppress(OSError):
            return any((self._top / kind.folder).is_dir() for kind in (EntryKind.ENCRYPTED_ACT, EntryKind.KEY))
        return False

    def lost(
        self, entries: Iterable[Entry], *, progress: ProgressCall = silent, cancelled: Cancel = never
    ) -> frozenset[tuple[EntryKind, str]]:
        """Those of these entries that cannot be read back where they were put. Raises as ``fetch`` does."""
        self._check_root()
        found = set()
        try:
            for count, entry in enumerate(entries):
                progress(count, None, words(LOOKING()))
                if cancelled():
                    break
                folder = self._top / entry.kind.folder / entry.id[:2]
                if not lies_in(self._disk, folder, entry):
                    found.add((entry.kind, entry.id))
        except OSError as error:
            raise self._stopped(error) from error
        return frozenset(found)

    def _stopped(self, error: OSError) -> CarrierStopped:
        """Why the organisation's folder as a whole cannot be looked through, and which it is when it is closed."""
        stopped = disks.stopped(error, self.root, writing=False, done=0)
        if type(stopped) is FolderUnreadable:
            return FolderUnreadable(**stopped.facts | {"folder": shown(str(self._top))})
        return stopped

    def _check_root(self) -> None:
        facts = {"folder": shown(str(self.root)), "done": 0, "detail": ""}
        try:
            state = self.root.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise FolderMissing(**facts) from None
        except PermissionError:
            raise FolderUnreadable(**facts) from None
        except OSError as error:
            raise disks.stopped(error, self.root, writing=False, done=0, began=False) from error
        if not stat.S_ISDIR(state.st_mode):
            raise NotAFolder(**facts)

    def _fetch(
        self,
        known: Known,
        wanted: Wanted,
        progress: ProgressCall,
        cancelled: Cancel,
        tally: Tally,
        asked: deque[str],
    ) -> Iterator[Entry | FileProblem]:
        self._check_root()
        progress(0, None, words(LOOKING()))
        try:
            found = survey(
                self._disk,
                self._top,
                known=known,
                progress=progress,
                cancelled=cancelled,
                tally=tally,
                limit=self._max_files,
            )
        except FileNotFoundError:
            self._check_root()
            return
        except OSError as error:
            raise self._stopped(error) from error
        inbox = Inbox(self._disk, self.root, self._top, self._limits, self._sleep, self._remembered)
        # A folder that vanished while it was listed looks like one with fewer files; say so instead.
        inbox.still_there(tally)
        yield from self._news(found.problems, tally)
        if not tally.cancelled:
            yield from inbox.read(found.candidates, known, progress, cancelled, tally, asked, wanted)

    def _news(self, problems: list[FileProblem], tally: Tally) -> Iterator[FileProblem]:
        """Problems by name alone; files that do not belong there are reported once, the others may heal and are repeated."""
        foreign = {problem.where for problem in problems if problem.quarantine}
        for problem in problems:
            if problem.where in self._told:
                tally.reported_before += 1
            else:
                yield problem
        self._told = foreign
