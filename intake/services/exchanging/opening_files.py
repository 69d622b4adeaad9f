"""Opening what came encrypted: acts and files come out of what can be read, and the rest is kept as it came.

Also what was kept and can be read since a key has come: it becomes acts and files at once, whatever carrier brought it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.domain.base.canonical import sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Sentence
from intake.exchange.entries import Entry, EntryKind, FileProblem, Known, Wanted, everything, nothing_known, path_of
from intake.exchange.package.archive_names import entry_of
from intake.exchange.refusals import EncryptedOtherwise
from intake.exchange.report import Fetch, FetchReport, Tally
from intake.register.store.receipts import ItemKind, Proof
from intake.services.installation.installation import Installation
from intake.trust.encryption import case_key, handing
from intake.trust.encryption.case_key import CaseKey

ENCRYPTED: Final = (EntryKind.ENCRYPTED_ACT, EntryKind.ENCRYPTED_BLOB)
_KEPT = Sentence(
    "FilesKeptUnread",
    "{count} files came that cannot be read here. They are kept and passed on.",
    one="{count} file came that cannot be read here. It is kept and passed on.",
)
_OPEN = Sentence(
    "FilesLieOpen",
    "{count} acts or files came that everybody who has the folder can read. Ask who put them there.",
    one="{count} act or file came that everybody who has the folder can read. Ask who put it there.",
)
_KEYLESS = Sentence(
    "ActsWaitForKey",
    "{count} acts or files stay here until there is a key for them: sign something in their use case, or ask somebody who reads it.",
    one="{count} act or file stays here until there is a key for it: sign something in its use case, or ask somebody who reads it.",
)
_BATCH_BYTES: Final = 8 << 20


@dataclass(slots=True)
class EncryptedMet:
    """What one run met: ``kept`` files that cannot be read here, ``open`` acts and files that everybody can read, and ``keyless``
    acts and files that wait for a key.
    """

    kept: int = 0
    open: int = 0
    keyless: int = 0

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What of it people should know."""
        counted = ((_KEYLESS, self.keyless), (_OPEN, self.open), (_KEPT, self.kept))
        return tuple(said(count=count) for said, count in counted if count)


def opened(
    installation: Installation,
    carrier: str,
    looked: Fetch,
    met: EncryptedMet,
    *,
    known: Known = nothing_known,
    wanted: Wanted = everything,
) -> Fetch:
    """What is in the files of a look through a ``carrier`` (as receipts call it), and in what was kept before; ``met`` is counted
    anew.
    """
    asked: deque[str] = deque()
    return _Opened(_Opening(installation, carrier, looked, met, known, wanted, asked).run(), looked, asked)


def nothing_new() -> Fetch:
    """A look that brings nothing: for opening only what was kept."""
    return Fetch(iter(()), Tally(), deque())


class _Opened(Fetch):
    """What was opened, with the report of the look through the folder."""

    def __init__(self, steps: Iterator[Entry | FileProblem], looked: Fetch, asked: deque[str]) -> None:
        super().__init__(steps, Tally(), asked)
        self._looked = looked

    @property
    def report(self) -> FetchReport:
        return self._looked.report


class _Opening:
    """One look: opens what can be opened, keeps the rest."""

    def __init__(
        self,
        installation: Installation,
        carrier: str,
        looked: Fetch,
        met: EncryptedMet,
        known: Known,
        wanted: Wanted,
        asked: deque[str],
    ) -> None:
        self._carrier, self._looked, self._met = carrier, looked, met
        self._known, self._wanted, self._asked = known, wanted, asked
        self._store, self._receipts = installation.register.confidential, installation.register.receipts
        self._keys = dict(self._store.keys())
        self._unread: dict[str, tuple[str, bytes]] = {}
        self._handed: dict[str, bytes] = {}
        self._named: list[tuple[str, ItemKind, str, str]] = []

    def run(self) -> Iterator[Entry | FileProblem]:
        self._met.kept = self._met.open = 0
        try:
            yield from self._released()
            for found in self._looked:
                yield from self._taken(found)
                if (
                    sum(map(len, self._handed.values())) + sum(len(data) for _, data in self._unread.values())
                    > _BATCH_BYTES
                ):
                    self._flush()
                while self._asked:
                    yield from self._file(self._asked.popleft())
            self._flush()
            for name in self._receipts.wanted():
                yield from self._file(name)
            self._tidy()
        finally:
            self._flush()

    def _taken(self, found: Entry | FileProblem) -> Iterator[Entry | FileProblem]:
        if isinstance(found, FileProblem):
            yield found
        elif found.kind is EntryKind.KEY:
            yield from self._key(found)
        elif found.kind in ENCRYPTED:
            yield from self._file_of(found)
        else:
            self._met.open += 1
            yield found

    def _key(self, found: Entry) -> Iterator[FileProblem]:
        try:
            handing.is_for(found.data, "0" * 64)
        except Refusal:
            yield _problem(found)
        else:
            self._handed[found.id] = found.data

    def _file_of(self, found: Entry) -> Iterator[Entry | FileProblem]:
        try:
            tag = case_key.tag_of(found.data)
            key = self._keys.get(tag)
            if key is None:
                self._unread[found.id] = (tag, found.data)
                self._met.kept += 1
                return
            inside = _inside(key, found.data)
        except Refusal:
            yield _problem(found)
            return
        kind, name = inside.kind, inside.id
        self._named.append((found.id, ItemKind(kind.value), name, tag))
        if self._known(kind, name):
            return
        if kind is EntryKind.BLOB and not self._wanted(name):
            # An act may ask for it later, and then it is here.
            self._unread[found.id] = (tag, found.data)
            return
        yield inside

    def _released(self) -> Iterator[Entry]:
        """What was kept because nobody here could read it, and can be read since a key came; acts first."""
        files = []
        for tag in self._store.tags_unread():
            if (key := self._keys.get(tag)) is None:
                continue
            for name, data in self._store.unread_under(tag):
                try:
                    inside = _inside(key, data)
                except Refusal:
                    continue  # it stays as it came, for those who pass it on
                self._named.append((name, ItemKind(inside.kind.value), inside.id, tag))
                if inside.kind is EntryKind.ACT and not self._known(inside.kind, inside.id):
                    yield inside
                elif inside.kind is EntryKind.BLOB:
                    files.append(inside.id)
        self._flush()
        for name in files:
            if self._wanted(name):
                yield from self._file(name)

    def _file(self, name: str) -> Iterator[Entry]:
        """A file that was read before anybody asked for it."""
        if self._known(EntryKind.BLOB, name):
            return
        self._flush()
        for tag, encrypted in self._store.names_of(ItemKind.BLOB, name).items():
            kept = self._store.unread_bytes(encrypted)
            if kept is not None and tag in self._keys:
                yield _inside(self._keys[tag], kept[1])
                return

    def _flush(self) -> None:
        if self._handed:
            self._store.keep_handed(self._handed)
            self._receipts.note(self._carrier, [(ItemKind.KEY, name) for name in self._handed], Proof.WRITTEN)
            self._handed = {}
        if self._unread:
            left = self._store.keep_unread(self._unread)
            kept = [(ItemKind.ENCRYPTED, name) for name in self._unread if name not in left]
            self._receipts.note(self._carrier, kept, Proof.WRITTEN)
            self._unread = {}
        if self._named:
            self._store.note_names(self._named)
            self._named = []

    def _tidy(self) -> None:
        """What was kept because nobody asked for it, and has become an act or a file since, is not kept twice."""
        self._store.drop_unread(
            name
            for tag in self._store.tags_unread()
            if tag in self._keys
            for name, _ in self._store.unread_under(tag)
            if (held := self._store.held_by(name)) and self._receipts.known(*held)
        )


def _inside(key: CaseKey, data: bytes) -> Entry:
    """What an encrypted file holds, under the right name. Raises OtherKey, EncryptedContentChanged, EncryptedOtherwise."""
    path, content = case_key.decrypt(key, data)
    found = entry_of(path)
    if found is None or sha256(content) != found[1] or path_of(*found) != path:
        raise EncryptedOtherwise(name=path)
    return Entry(found[0], found[1], content)


def _problem(found: Entry) -> FileProblem:
    where = found.path
    return FileProblem(where, EncryptedOtherwise(name=where), found.kind, found.id, found.data)
