"""Looking through an organisation's folder: which files are worth opening, judged by name and place alone.

An act is a file in ``ev`` or one called ``.p7m``, whatever its name: its signature tells what it is, so a copy named
``x (1).p7m`` is read by content. A blob carries no proof of itself, so it must hold its SHA-256 somewhere in its name,
as every conflict copy does; any other file is reported, not taken. A name that promises a known id is not opened.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Final

from intake import causes
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import Wording, words
from intake.exchange.disk import Disk
from intake.exchange.entries import Cancel, EntryKind, FileProblem, Known, ProgressCall, claimed_id, shown
from intake.exchange.refusals import (
    EntryRefusal,
    FolderClosed,
    LinkSkipped,
    Placeholder,
    TooDeep,
    TooManyFiles,
    UnknownFile,
    Unreadable,
)
from intake.exchange.report import Tally
from intake.exchange.steps import LOOKING

_ONLY_IN_THE_CLOUD = Wording("OnlyInTheCloud", "its content is only in the cloud")
_NOT_FETCHED_FROM_CLOUD = Wording("NotFetchedFromCloud", "iCloud shows it but has not fetched it")

MAX_DEPTH: Final = 8

_UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".!sync", ".download")
_IGNORED: Final = frozenset(
    {"thumbs.db", "desktop.ini", "@eadir", "icon\r", "$recycle.bin", "system volume information"}
)
_BY_FOLDER: Final = {kind.folder: kind for kind in EntryKind}
_IN_A_ROW: Final = 3
"""So many folders failing one after the other, as a lost connection does, are a failing share."""
_CLOUD_ATTRIBUTES: Final = 0x1000 | 0x40000 | 0x400000
"""FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS (Windows cloud files)."""
_DATALESS: Final = 0x40000000
"""SF_DATALESS in st_flags: a macOS file whose content is only in the cloud."""
_JUNCTION: Final = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT: a Windows folder that leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to open. ``claimed`` is the id in its name, or empty."""

    file: os.DirEntry[str]
    kind: EntryKind
    claimed: str
    where: str


@dataclass(slots=True)
class Survey:
    """What a look through the folder gave: acts before blobs, each by path."""

    candidates: list[Candidate] = field(default_factory=list)
    problems: list[FileProblem] = field(default_factory=list)


def survey(
    disk: Disk, top: Path, *, known: Known, progress: ProgressCall, cancelled: Cancel, tally: Tally, limit: int
) -> Survey:
    """Look through ``top`` without opening a file. Raises TooManyFiles, and OSError as ``walk`` does."""
    made = Survey()
    for inside, file in walk(disk, top, made.problems, tally):
        tally.listed += 1
        if tally.listed > limit:
            raise TooManyFiles(folder=shown(str(top)), limit=limit, done=0, detail="")
        if tally.listed % 1000 == 0:
            progress(tally.listed, None, words(LOOKING()))
            if cancelled():
                tally.cancelled = True
                return made
        _sort(made, file, inside, known, tally)
    made.candidates.sort(key=lambda one: (one.kind.place, one.file.path))
    return made


def walk(
    disk: Disk, top: Path, problems: list[FileProblem], tally: Tally
) -> Iterator[tuple[tuple[str, ...], os.DirEntry[str]]]:
    """Every file under ``top`` with the folders that hold it, in order of names. Links and junctions are not entered.

    A folder below ``top`` that cannot be listed is a problem, and the rest goes on: anybody may have made it. Raises OSError
    when ``top`` cannot be listed, or when the share fails.
    """
    waiting: list[tuple[Path, tuple[str, ...]]] = [(top, ())]
    failing = 0
    while waiting:
        folder, inside = waiting.pop()
        try:
            found, odd = _sorted_out(disk.list(folder))
        except OSError as error:
            failing = failing + 1 if causes.is_gone(error) else 0
            if folder == top or failing == _IN_A_ROW:
                raise
            if not isinstance(error, FileNotFoundError):
                problems.append(
                    _problem(FolderClosed, inside[:-1], inside[-1], detail=causes.cause(error, reading=True))
                )
            continue  # removed between listing and opening; whether the root is still there, the caller asks
        failing = 0
        tally.folders += 1
        problems += [
            _problem(Unreadable, inside, name, detail=causes.cause(error, reading=True)) for name, error in odd
        ]
        below: list[tuple[Path, tuple[str, ...]]] = []
        for file, sort in sorted(found, key=lambda one: one[0].name):
            if sort is _Sort.FILE:
                yield inside, file
            elif _left_alone(file.name):
                tally.ignored += sort is _Sort.FOLDER
            elif sort is _Sort.LINK:
                problems.append(_problem(LinkSkipped, inside, file.name))
            elif len(inside) + 1 > MAX_DEPTH:
                problems.append(_problem(TooDeep, inside, file.name))
            else:
                below.append((folder / file.name, (*inside, file.name)))
        waiting.extend(reversed(below))


def kind_of(inside: tuple[str, ...], name: str) -> EntryKind:
    """By the folder it is in; elsewhere what is called ``.p7m`` is an act, and anything else a blob."""
    found = _BY_FOLDER.get(inside[0].lower()) if inside else None
    if found is not None and found is not EntryKind.BLOB:
        return found
    return EntryKind.ACT if ".p7m" in name.lower() else EntryKind.BLOB


def is_unfinished(name: str) -> bool:
    """Whether a file name says that its content is still being written."""
    return name.lower().endswith(_UNFINISHED) or name.lower().startswith("~syncthing~")


def is_cloud_name(name: str) -> bool:
    """Whether this is how iCloud names a file it has not fetched: ``.<name>.icloud``."""
    return name.startswith(".") and name.lower().endswith(".icloud")


def holds(name: str) -> str:
    """The id a finished file, or its cloud placeholder, holds by its name; empty for all others."""
    if is_unfinished(name) or (name.startswith(".") and not is_cloud_name(name)):
        return ""
    return claimed_id(name)


def placeholder(state: os.stat_result) -> Reason | None:
    """Why this file is only a cloud placeholder; None when it is a file. Read before opening: opening could start a download."""
    if getattr(state, "st_file_attributes", 0) & _CLOUD_ATTRIBUTES:
        return _ONLY_IN_THE_CLOUD()
    if getattr(state, "st_flags", 0) & _DATALESS:
        return _ONLY_IN_THE_CLOUD()
    return None


def looks_hollow(state: os.stat_result, data: bytes) -> bool:
    """Whether a wrong content is a file without content: nothing stored on disk, or nothing but zeros.

    ``st_blocks == 0`` is only a hint (small files live in the inode on some file systems, and some shares always say
    0), so it is asked only after the content proved wrong.
    """
    return getattr(state, "st_blocks", 1) == 0 or not data.strip(b"\0")


def _sort(made: Survey, file: os.DirEntry[str], inside: tuple[str, ...], known: Known, tally: Tally) -> None:
    name = file.name
    lower = name.lower()
    claimed = claimed_id(name)
    kind = kind_of(inside, name)
    if claimed and known(kind, claimed):
        tally.known += 1
    elif is_cloud_name(name):
        if claimed or kind is EntryKind.ACT:
            made.problems.append(_problem(Placeholder, inside, name, kind, claimed, detail=_NOT_FETCHED_FROM_CLOUD()))
    elif is_unfinished(name):
        tally.unfinished += 1
    elif _left_alone(name):
        tally.ignored += 1
    elif claimed or ".p7m" in lower:
        made.candidates.append(Candidate(file, kind, claimed, _where(inside, name)))
    else:
        made.problems.append(_problem(UnknownFile, inside, name))


def _left_alone(name: str) -> bool:
    """Files and folders of the system and of sync programs; hidden names are never ours, except cloud placeholders."""
    return name.startswith((".", "~$")) or name.lower() in _IGNORED


class _Sort(Enum):
    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    """A link, or a junction of Windows: it may lead anywhere."""


def _sorted_out(
    found: list[os.DirEntry[str]],
) -> tuple[list[tuple[os.DirEntry[str], _Sort]], list[tuple[str, OSError]]]:
    """The entries of a folder with what they are, and those that cannot be asked. Raises OSError when none can be."""
    known, odd = [], []
    for file in found:
        try:
            known.append((file, _sort_of(file)))
        except OSError as error:
            odd.append((file.name, error))
    if odd and not known:
        raise odd[0][1]
    return known, odd


def _sort_of(file: os.DirEntry[str]) -> _Sort:
    """What an entry of a folder is. Raises OSError where the folder's own list does not tell and asking is not allowed."""
    if file.is_symlink():
        return _Sort.LINK
    if file.is_dir(follow_symlinks=False):
        return _Sort.LINK if _is_junction(file) else _Sort.FOLDER
    return _Sort.FILE


def _is_junction(file: os.DirEntry[str]) -> bool:
    if os.name != "nt":
        return False
    state = file.stat(follow_symlinks=False)
    return stat.S_ISDIR(state.st_mode) and getattr(state, "st_reparse_tag", 0) == _JUNCTION


def _problem(
    refusal: type[EntryRefusal],
    inside: tuple[str, ...],
    name: str,
    kind: EntryKind | None = None,
    claimed: str = "",
    detail: Fact = "",
) -> FileProblem:
    where = _where(inside, name)
    return FileProblem(where, refusal(name=where, detail=detail), kind, claimed)


def _where(inside: tuple[str, ...], name: str) -> str:
    return "/".join(shown(part) for part in (*inside, name))
