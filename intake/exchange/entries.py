"""What carriers carry: entries named by the SHA-256 of their bytes, and problems with the files that were not entries.

Here too are the two callbacks every carrier takes, and where an entry is inside a folder or a package. What an act
means, and which entries are wanted, is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, TypeAlias

from intake.domain.base.canonical import sha256
from intake.domain.base.names import is_id
from intake.domain.base.wording import Wording
from intake.exchange.refusals import EntryRefusal
from intake.trust.encryption.limits import MAX_ENCRYPTED, MAX_HANDED

DAMAGED_HERE = Wording("DamagedHere", "it was damaged on this computer")
OTHER_DIGEST = Wording("OtherDigest", "its SHA-256 is {digest}…")

MAX_ACT: Final = 2 << 20
"""Bytes a signed act may have: its JSON has at most 1 MiB, the rest is signature, certificate and time-stamp."""

MAX_BLOB: Final = 128 << 20
"""Bytes a blob may have unless the caller says otherwise: the people of the largest roster."""

MAX_ENCRYPTED_ACT: Final = 3 << 20
"""Bytes an encrypted act may have: filled up to its step, with some hundred bytes around it."""

_CLAIM = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", re.IGNORECASE)
_SHOWN = 120


class EntryKind(StrEnum):
    """The kinds of entry: signed acts and the files acts refer to; both encrypted; and keys, each encrypted for one reader.

    In the order in which a carrier gives them.
    """

    KEY = "key"
    ACT = "act"
    ENCRYPTED_ACT = "encrypted-act"
    BLOB = "blob"
    ENCRYPTED_BLOB = "encrypted-blob"

    @property
    def folder(self) -> str:
        return _FOLDERS[self]

    @property
    def place(self) -> int:
        """Which come first: what others need to be understood, then acts, then files."""
        return _PLACES[self]

    @property
    def limit(self) -> int:
        """Bytes that one may have, unless the caller says otherwise."""
        return _LIMITS[self]

    @property
    def encrypted(self) -> EntryKind:
        """What an act or a file is once it is encrypted."""
        return EntryKind.ENCRYPTED_ACT if self is EntryKind.ACT else EntryKind.ENCRYPTED_BLOB


_FOLDERS: Final = {
    EntryKind.KEY: "key",
    EntryKind.ACT: "ev",
    EntryKind.ENCRYPTED_ACT: "enc",
    EntryKind.BLOB: "blob",
    EntryKind.ENCRYPTED_BLOB: "encblob",
}
_PLACES: Final = {kind: place for place, kind in enumerate(EntryKind)}
_LIMITS: Final = {
    EntryKind.KEY: MAX_HANDED,
    EntryKind.ACT: MAX_ACT,
    EntryKind.ENCRYPTED_ACT: MAX_ENCRYPTED_ACT,
    EntryKind.BLOB: MAX_BLOB,
    EntryKind.ENCRYPTED_BLOB: MAX_ENCRYPTED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act (the signed file, not its JSON), one blob, or one key. ``id`` is the SHA-256 of ``data`` in lower-case hex."""

    kind: EntryKind
    id: str
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not is_id(self.id):
            raise ValueError("an entry is named by 64 lower-case hexadecimal digits")

    @classmethod
    def of(cls, kind: EntryKind, data: bytes) -> Entry:
        return cls(kind, sha256(data), data)

    @property
    def path(self) -> str:
        return path_of(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One file that could not be taken or given, and exactly why.

    ``where`` is its path, safe to show. ``claimed`` is the id its name promises, or empty. ``data`` holds the bytes
    when they were read and the problem is one to look at later (``quarantine``); otherwise it is empty.
    """

    where: str
    refusal: EntryRefusal
    kind: EntryKind | None = None
    claimed: str = ""
    data: bytes = field(default=b"", repr=False)

    @property
    def quarantine(self) -> bool:
        """Whether the file is wrong in itself; if not, it may be right the next time."""
        return self.refusal.quarantine


class ProgressCall(Protocol):
    """Called now and then with how many are done, of how many (``None`` when not known yet), and what is going on."""

    def __call__(self, done: int, total: int | None, text: str) -> None: ...


Cancel: TypeAlias = Callable[[], bool]
"""Asked before each entry: true ends the work cleanly, and the report says what was done and that it was cancelled."""

Known: TypeAlias = Callable[[EntryKind, str], bool]
"""Whether the register has this entry already, so that its file need not be read."""


Wanted: TypeAlias = Callable[[str], bool]
"""Whether anybody here asks for the file of this SHA-256. Asked when it is about to be opened, after the acts were given."""


def silent(done: int, total: int | None, text: str) -> None:
    """Progress that nobody watches."""


def nobody_asks(_entry: Entry) -> None:
    """For a carrier whose caller does not keep track of what is there."""


def nothing_doubted(_entry: Entry) -> bool:
    """What is there under the right name and in the right size is taken for what it says."""
    return False


def never() -> bool:
    """A cancel that is never asked for."""
    return False


def nothing_known(_kind: EntryKind, _id: str) -> bool:
    """Take everything; also the way to read a whole folder again, whatever its file names say."""
    return False


def everything(_sha256: str) -> bool:
    """Also files that no act names."""
    return True


def path_of(kind: EntryKind, entry_id: str) -> str:
    """Where an entry is under an organisation's folder or in a package, with ``/`` between the parts."""
    suffix = ".p7m" if kind is EntryKind.ACT else ""
    return f"{kind.folder}/{entry_id[:2]}/{entry_id}{suffix}"


def claimed_id(name: str) -> str:
    """The id a file name holds, in lower case, or empty: ``<id>.p7m``, ``<id> (1).p7m``, ``<id>.sync-conflict-…``."""
    found = _CLAIM.search(name)
    return found.group().lower() if found else ""


def shown(name: str) -> str:
    """A foreign file name as it may be shown on a screen or in a log: no control, direction or broken characters."""
    safe = name
    if not name.isprintable():
        safe = "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in name)
    if len(safe) > _SHOWN:
        safe = f"{safe[: _SHOWN // 2]}…{safe[-_SHOWN // 2 :]}"
    return safe


@dataclass(frozen=True, slots=True)
class Head:
    """The newest act of a stream: its number and its act id."""

    seq: int
    act: str
