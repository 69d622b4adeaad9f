"""Which names a package may hold, and exactly what is wrong with any other.

Only ``ev/<2 hex>/<id>.p7m``, ``blob/<2 hex>/<id>`` and the two manifest files are right, so one pattern would do to
refuse the rest; telling the traps apart is for the person who must explain it to the sender, and for the tests.
"""

from __future__ import annotations

import re
from typing import Final

from intake.exchange.entries import EntryKind, shown
from intake.exchange.package.refusals import (
    AbsolutePath,
    AlternateStream,
    BackslashName,
    CaseTwin,
    DeviceName,
    DirectoryEntry,
    DriveLetter,
    DuplicateName,
    NestedPackage,
    PathTraversal,
    UnicodeTwin,
    UnknownEntry,
    UnsafeName,
)

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.p7m"

_ACT = re.compile(r"ev/([0-9a-f]{2})/(\1[0-9a-f]{62})\.p7m")
_BLOB = re.compile(r"blob/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_DRIVE = re.compile(r"[A-Za-z]:")
_DEVICES: Final = frozenset(
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"]
    + [f"{port}{number}" for port in ("COM", "LPT") for number in range(10)]
)
_PACKED: Final = (".countersign", ".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")


def check_name(raw: bytes, seen: set[str]) -> str:
    """The name, added to ``seen``; or raises the exact UnknownEntry. ``raw`` is as it is in the directory."""
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError:
        raise UnicodeTwin(name=shown(raw.decode("utf-8", "backslashreplace"))) from None
    if not _is_right(name):
        raise _what_is_wrong(name)(name=shown(name))
    if name in seen:
        raise DuplicateName(name=name)
    seen.add(name)
    return name


def entry_of(name: str) -> tuple[EntryKind, str] | None:
    """Kind and id of an entry with a right name; ``None`` for the manifest and its signature."""
    for kind, form in ((EntryKind.ACT, _ACT), (EntryKind.BLOB, _BLOB)):
        if found := form.fullmatch(name):
            return kind, found.group(2)
    return None


def _is_right(name: str) -> bool:
    return name in {MANIFEST, SIGNATURE} or entry_of(name) is not None


def _what_is_wrong(name: str) -> type[UnknownEntry]:
    parts = name.split("/")
    ending = name.lower()
    checks: tuple[tuple[bool, type[UnknownEntry]], ...] = (
        (_DRIVE.match(name) is not None, DriveLetter),
        ("\\" in name, BackslashName),
        (name.startswith("/"), AbsolutePath),
        (".." in parts or "." in parts, PathTraversal),
        (":" in name, AlternateStream),
        (any(part.split(".")[0].rstrip(" ").upper() in _DEVICES for part in parts), DeviceName),
        (not name.isprintable(), UnsafeName),
        (name.endswith("/"), DirectoryEntry),
        (not all(parts) or any(part.endswith((".", " ")) for part in parts), UnsafeName),
        (_is_right(ending), CaseTwin),
        (ending.endswith(_PACKED), NestedPackage),
    )
    return next((refusal for wrong, refusal in checks if wrong), UnknownEntry)
