"""The lock by which one home is open in one window, and the refusals of who comes second."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo

from intake.domain.base.canonical import clean
from intake.domain.base.refusals import Refusal
from intake.files import REGISTER, make_folder, make_private
from intake.services.installation.reaching import require_home
from ui.context import require_preferences


class AlreadyOpen(Refusal):
    what = "Countersign is already open with this register, as process {process}."
    why = "Two windows writing to one register would show each other old things."
    next = "Go to the other window. If there is none, end that process, or restart the computer, and try again."


class OpenElsewhere(Refusal):
    what = "Countersign is open with this register on the computer “{computer}”, says the file “{file}”."
    why = "Two windows writing to one register would show each other old things."
    next = (
        "Close it there. If it is not open there, or if this computer was called “{computer}” before, delete that file and"
        " start again."
    )


class HomeNotWritable(Refusal):
    what = "Countersign cannot write into the folder “{folder}”."
    why = "The register lives there; without it nothing you do would be kept."
    next = "Choose another folder with --data-dir, or ask for the right to write there."


def take_home(folder: Path) -> QLockFile | Refusal | None:
    """The lock of the one window, or None where it cannot be made and is not needed: there is a register to be read."""
    try:
        require_home(folder)
        require_preferences(folder)
        make_folder(folder, private=True)
    except Refusal as refusal:
        return refusal
    except OSError:
        return HomeNotWritable(folder=folder)
    readable = None if os.access(folder / REGISTER, os.R_OK) else HomeNotWritable(folder=folder)
    if not os.access(folder, os.W_OK):
        return readable
    lock = QLockFile(str(folder / "window.lock"))
    # Only a lock whose program is gone is stale; a long day is not.
    lock.setStaleLockTime(0)
    if not lock.tryLock(0) and not _take_over(lock):
        # Anything but a lock that somebody holds means that it cannot be written, such as on a full disk.
        return _held(lock) if lock.error() is QLockFile.LockError.LockFailedError else readable
    # Qt makes it with the rights of any file.
    with suppress(OSError):
        make_private(folder / "window.lock")
    return lock


def _take_over(lock: QLockFile) -> bool:
    """Take a lock that names nobody, such as one that a power cut left empty; one whose program runs cannot be removed."""
    failed = lock.error() is QLockFile.LockError.LockFailedError
    return failed and not any(lock.getLockInfo()) and lock.removeStaleLockFile() and lock.tryLock(0)


def _held(lock: QLockFile) -> Refusal:
    """Who holds it. Of a program on another computer nobody can say here whether it still runs."""
    process, computer, _ = lock.getLockInfo()
    if computer in {"", QSysInfo.machineHostName()}:
        return AlreadyOpen(process=process)
    return OpenElsewhere(computer=clean(computer), file=clean(lock.fileName()))
