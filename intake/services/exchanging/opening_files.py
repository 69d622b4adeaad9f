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
_LEFT = Sentence(
    "FilesFoundNoRoom",
    "{count} files for others found no room here. They stay where they are and are offered again.",
    one="{count} file for others found no room here. It stays where it is and is offered again.",
)
_BATCH_BYTES: Final = 8 << 20


@dataclass(slots=True)
class EncryptedMet:
    """What one run met: ``kept`` files that cannot be read here, ``left`` for which there was no room, ``open`` acts and files that
    everybody can read, and ``keyless`` acts and files that wait for a key.
    """

    kept: int = 0
    left: int = 0
    open: int = 0
    keyless: int = 0

    @property
    def notes(self) -> tuple[Reason, ...]:
        """What of it people should know."""
        counted = ((_KEYLESS, self.keyless), (_OPEN, self.open), (_LEFT, self.left), (_KEPT, self.kept))
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
    """What is in the files of a look through a ``carrier`` (as receipts call it), and in what was kept before; ``met`` is reset
    first.
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
        self._there: list[tuple[ItemKind, str]] = []
        self._held = 0

    def run(self) -> Iterator[Entry | FileProblem]:
        self._met.kept = self._met.left = self._met.open = 0
        try:
            yield from self._released()
            for found in self._looked:
                yield from self._taken(found)
                if self._held > _BATCH_BYTES:
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
            handing.require_form(found.data)
        except Refusal:
            yield _problem(found)
        else:
            self._handed[found.id] = found.data
            self._held += len(found.data)

    def _file_of(self, found: Entry) -> Iterator[Entry | FileProblem]:
        try:
            tag = case_key.tag_of(found.data)
            key = self._keys.get(tag)
            if key is None:
                self._unread[found.id] = (tag, found.data)
                self._held += len(found.data)
                return
            inside = _inside(key, found.data)
        except Refusal:
            yield _problem(found)
            return
        item = (ItemKind(inside.kind.value), inside.id)
        self._named.append((found.id, *item, tag))
        # It lies there with the right content, whoever put it there.
        self._there.append(item)
        if self._known(inside.kind, inside.id):
            return
        if inside.kind is EntryKind.BLOB and not self._wanted(inside.id):
            # An act may ask for it later, and then it is here.
            self._unread[found.id] = (tag, found.data)
            self._held += len(found.data)
            return
        yield inside

    def _released(self) -> Iterator[Entry]:
        """What was kept because nobody here could read it, and can be read since a key came; acts first."""
        files: list[str] = []
        for tag in self._store.tags_unread():
            if (key := self._keys.get(tag)) is None:
                continue
            for name in self._store.unread_under(tag):
                held = self._store.held_by(name)
                if held is None or (held[0] is ItemKind.ACT and not self._known(EntryKind.ACT, held[1])):
                    yield from self._kept_act(name, tag, key, files)
                elif held[0] is ItemKind.BLOB:
                    files.append(held[1])
        self._flush()
        for name in files:
            if self._wanted(name):
                yield from self._file(name)

    def _kept_act(self, name: str, tag: str, key: CaseKey, files: list[str]) -> Iterator[Entry]:
        """What a kept file holds, when it is an act that is not here; a file is only added to ``files``."""
        kept = self._store.unread_bytes(name)
        if kept is None:
            return
        try:
            inside = _inside(key, kept[1])
        except Refusal:
            return  # it stays as it came, for those who pass it on
        self._named.append((name, ItemKind(inside.kind.value), inside.id, tag))
        if inside.kind is EntryKind.BLOB:
            files.append(inside.id)
        elif not self._known(inside.kind, inside.id):
            yield inside

    def _file(self, name: str) -> Iterator[Entry]:
        """A file that was read before anybody asked for it."""
        if self._known(EntryKind.BLOB, name):
            return
        self._flush()
        item = (ItemKind.BLOB, name)
        for tag, encrypted in self._store.names_of([item]).get(item, {}).items():
            kept = self._store.unread_bytes(encrypted)
            if kept is not None and tag in self._keys:
                yield _inside(self._keys[tag], kept[1])
                return

    def _flush(self) -> None:
        there, self._there = self._there, []
        self._held = 0
        if self._handed:
            left = self._store.keep_handed(self._handed)
            there += [(ItemKind.KEY, name) for name in self._handed if name not in left]
            self._met.left += len(left)
            self._handed = {}
        if self._unread:
            left = self._store.keep_unread(self._unread)
            kept = {name: tag for name, (tag, _) in self._unread.items() if name not in left}
            there += [(ItemKind.ENCRYPTED, name) for name in kept]
            self._met.kept += sum(tag not in self._keys for tag in kept.values())
            self._met.left += len(left)
            self._unread = {}
        self._receipts.note(self._carrier, there, Proof.WRITTEN)
        self._store.note_names(self._named)
        self._named = []

    def _tidy(self) -> None:
        """What was kept because nobody asked for it, and has become an act or a file since, is not kept twice."""
        self._store.drop_unread(
            name
            for tag in self._store.tags_unread()
            if tag in self._keys
            for name in self._store.unread_under(tag)
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
