"""Looking at a folder before it is chosen: can it serve as the exchange folder, and what is in it already?

Used by Settings and by joining. Nothing is changed, except that a tiny file is made and removed to learn whether
writing works; permissions alone do not tell on shares.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from intake.domain.base.names import is_id
from intake.exchange import disk as disks
from intake.exchange.disk import Disk
from intake.exchange.folder.folder import FOUNDING
from intake.exchange.folder.probing import try_writing
from intake.exchange.refusals import CarrierStopped, FolderReadOnly

_SYNCED: Final = (
    ("onedrive", "OneDrive"),
    ("sharepoint", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("mobile documents", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("syncthing", "Syncthing"),
)
_MARKERS: Final = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".sync_*.db", "Nextcloud"),
    (".owncloudsync.log", "Nextcloud"),
)


@dataclass(frozen=True, slots=True)
class FolderHealth:
    """``trouble`` is why the folder cannot be used, or ``None``. ``organisations`` are ids found inside, ``founding``
    whether acts for a new organisation are. ``synced_by`` names the sync program it looks like, or is empty.
    ``inside`` is set when the chosen folder is itself an organisation's: the one above it is meant.
    """

    root: Path
    readable: bool
    writable: bool
    organisations: tuple[str, ...] = ()
    founding: bool = False
    synced_by: str = ""
    inside: str = ""
    free_bytes: int | None = None
    trouble: CarrierStopped | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know before choosing it, in plain sentences."""
        told = []
        if self.trouble is not None:
            told.append(self.trouble.sentence)
        if self.inside:
            told.append("This is the folder of one organisation. Choose the folder above it.")
        if self.synced_by:
            told.append(
                f"{self.synced_by} seems to synchronise this folder. Set it to keep its files on this device. "
                "Others see your acts when it has finished."
            )
        return tuple(told)


def inspect(root: Path, *, disk: Disk | None = None) -> FolderHealth:
    """Never raises for what is wrong with the folder: that is in ``trouble``."""
    disk = disk or Disk()
    synced = _synced_by(root)
    inside = root.name.lower() if is_id(root.name.lower()) else ""
    try:
        organisations = organisations_in(root, disk=disk)
    except CarrierStopped as trouble:
        return FolderHealth(root, readable=False, writable=False, synced_by=synced, inside=inside, trouble=trouble)
    trouble_writing = _try_writing(root, disk)
    founding = False
    with suppress(OSError):
        founding = (root / FOUNDING).is_dir()
    free: int | None = None
    with suppress(OSError):
        free = shutil.disk_usage(root).free
    return FolderHealth(
        root,
        readable=True,
        writable=trouble_writing is None,
        organisations=organisations,
        founding=founding,
        synced_by=synced,
        inside=inside,
        free_bytes=free,
        trouble=trouble_writing,
    )


def organisations_in(root: Path, *, disk: Disk | None = None) -> tuple[str, ...]:
    """The organisations that have a folder here, by id, sorted. Which of them is yours, a person must compare: a
    complete rival organisation may be beside it. Raises FolderMissing, NotAFolder, FolderUnreadable, ShareGone.
    """
    try:
        found = (disk or Disk()).list(root)
    except OSError as error:
        raise disks.stopped(error, root, writing=False, done=0, began=False) from error
    names = {item.name.lower() for item in found if item.is_dir(follow_symlinks=False)}
    return tuple(sorted(name for name in names if is_id(name)))


def _try_writing(root: Path, disk: Disk) -> CarrierStopped | None:
    error = try_writing(root, disk)
    if error is None:
        return None
    stopped = disks.stopped(error, root, writing=True, done=0, began=False)
    return FolderReadOnly(**stopped.facts) if type(stopped) is CarrierStopped else stopped


def _synced_by(root: Path) -> str:
    for part in root.parts:
        for sign, name in _SYNCED:
            if sign in part.lower():
                return name
    for folder in (root, *root.parents[:4]):
        for marker, name in _MARKERS:
            with suppress(OSError):
                if any(folder.glob(marker)):
                    return name
    return ""
