"""Reading back what was put into a folder. A name and a size promise nothing: anybody can put something else there since."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from intake import causes
from intake.exchange.disk import Disk
from intake.exchange.entries import Entry
from intake.exchange.folder.listing import holds, is_cloud_name, placeholder


def lies_in(disk: Disk, folder: Path, entry: Entry) -> bool:
    """Whether some file of ``folder`` that is called so holds an entry. Raises OSError when the share fails."""
    if holds_whole(disk, folder / entry.path.rsplit("/", 1)[1], entry):
        return True
    try:
        found = [file.name for file in disk.list(folder) if holds(file.name) == entry.id]
    except OSError as error:
        if causes.is_gone(error):
            raise
        return False
    return any(holds_whole(disk, folder / name, entry) for name in found)


def holds_whole(disk: Disk, path: Path, entry: Entry) -> bool:
    """Whether this file is the entry, byte for byte. Raises OSError when the share fails.

    What is only in the cloud is not: opening it could wait for a download, and its content may be gone for good.
    """
    if is_cloud_name(path.name):
        return False
    try:
        state = os.lstat(path)
        if placeholder(state) or not stat.S_ISREG(state.st_mode) or state.st_size != len(entry.data):
            return False
        return disk.read(path, len(entry.data))[1] == entry.data
    except OSError as error:
        if causes.is_gone(error):
            raise
        return False
