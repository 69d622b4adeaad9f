"""The high-water mark: a small file outside the database that remembers how many numbers were given out (rule R3).

A database that is put back from a backup, or copied to another place, would give out the same numbers again, and others
would see a fork. The mark stays behind when the database goes back, and it is bound to one place; a program that
finds it ahead, missing or made elsewhere starts a new installation id. Numbers may be skipped, never repeated.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

from intake.causes import cause
from intake.files import Writing, make_folder, put
from intake.reading import read_file
from intake.register.refusals import MarkUnreadable

_FORMAT = "countersign/mark/1"
_MAX_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Mark:
    """``count`` numbers were given out by ``installation`` at ``place``."""

    installation: str
    count: int
    place: str


def read_mark(path: Path) -> Mark | None:
    """The mark, or None when there is none or it does not read: both count as lost."""
    try:
        value = json.loads(read_file(path, _MAX_BYTES))
        if value["format"] != _FORMAT:
            return None
        return Mark(str(value["installation"]), int(value["count"]), str(value["place"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_mark(path: Path, mark: Mark) -> None:
    """Replace the mark durably: written beside it, synced, renamed, folder synced. Raises MarkUnreadable."""
    text = json.dumps({"format": _FORMAT, "installation": mark.installation, "count": mark.count, "place": mark.place})
    try:
        make_folder(path.parent, private=True)
        put(Writing(), path, (text.encode(),), private=True, replace=True)
        # Numbers are given out by it: a name that a power cut takes back would give them out twice.
        Writing().sync_folder(path.parent)
    except OSError as error:
        raise MarkUnreadable(path=path, detail=cause(error)) from error


def is_behind(mark: Mark | None, *, installation: str, count: int, place: str) -> bool:
    """Whether the database (``installation``, ``count``) must not go on with its id: it went back, or it was copied."""
    if mark is None:
        return count > 0
    return mark.installation != installation or mark.place != place or mark.count > count


def this_place(register: Path) -> str:
    """A name for this file on this machine, as a digest: nothing about the machine can be read from it."""
    return hashlib.sha256(f"{_machine()}\n{register.resolve()}".encode()).hexdigest()


def _machine() -> str:
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for name in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(name).read_text(encoding="ascii").strip()
        except OSError:
            continue
    return f"{uuid.getnode():x}"
