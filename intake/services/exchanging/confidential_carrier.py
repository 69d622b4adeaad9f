"""A folder in which nobody without a key reads anything: what goes out is encrypted, and what comes in opened.

To whoever sends and fetches it is like any other carrier: it takes and gives acts and files. What nobody here can read is
kept apart and passed on as it came; what lies open in the folder is given all the same, for a stop must count, and counted.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from intake.domain.acts.kinds import ENROL
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.exchange.entries import (
    MAX_ENCRYPTED_ACT,
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
    path_of,
    silent,
)
from intake.exchange.folder.folder import FolderCarrier, Present
from intake.exchange.package.archive_names import entry_of
from intake.exchange.refusals import NotReadable
from intake.exchange.report import Fetch, FetchReport, SendReport, Tally
from intake.register.store.receipts import ItemKind, Proof
from intake.services.installation.access import writing_key
from intake.services.installation.installation import Installation
from intake.trust.encryption import case_key, handing
from intake.trust.encryption.case_key import CaseKey

_ENCRYPTED: Final = (EntryKind.ENCRYPTED_ACT, EntryKind.ENCRYPTED_BLOB)
_BATCH: Final = 100
_BATCH_BYTES: Final = 8 << 20


@dataclass(slots=True)
class Unreadable:
    """What one run met: ``kept`` files that cannot be read here, ``open`` acts and files that everybody can read, and ``keyless``
    acts and files that wait for a key.
    """

    kept: int = 0
    open: int = 0
    keyless: int = 0


class ConfidentialCarrier:
    """Has what ``FolderCarrier`` has; ``met`` tells of the last run."""

    def __init__(self, installation: Installation, folder: FolderCarrier) -> None:
        self._installation = installation
        self._folder = folder
        self._store = installation.register.confidential
        self._receipts = installation.register.receipts
        self.root, self.org = folder.root, folder.org
        self.met = Unreadable()

    @property
    def name(self) -> str:
        """What receipts call it."""
        return f"{self.root}/{self.org}"

    def forget(self) -> None:
        self._folder.forget()

    def holds_encrypted(self) -> bool:
        return self._folder.holds_encrypted()

    # ------------------------------------------------------------------------------------------------------- fetching

    def fetch(
        self,
        known: Known = nothing_known,
        *,
        wanted: Wanted = everything,
        progress: ProgressCall = silent,
        cancelled: Cancel = never,
    ) -> Fetch:
        """As ``FolderCarrier.fetch``."""
        looked = self._folder.fetch(self._has(known), wanted=wanted, progress=progress, cancelled=cancelled)
        asked: deque[str] = deque()
        return _Opened(_Opening(self, looked, known, wanted, asked).run(), looked, asked)

    def _has(self, known: Known) -> Known:
        """Whether a file of the folder need not be opened."""

        def has(kind: EntryKind, name: str) -> bool:
            if kind is EntryKind.KEY:
                return self._store.knows_handed(name)
            if kind not in _ENCRYPTED:
                return known(kind, name)
            held = self._store.held_by(name)
            return (held is not None and known(EntryKind(held[0].value), held[1])) or self._store.keeps_unread(name)

        return has

    # -------------------------------------------------------------------------------------------------------- sending

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
        """As ``FolderCarrier.send``. What there is no key for stays here, and is counted in ``met``."""
        self.met.keyless = 0
        sending = _Sending(self, there, doubted)
        return self._folder.send(
            sending.encrypted(entries),
            total=total,
            doubted=sending.doubts,
            progress=progress,
            cancelled=cancelled,
            there=sending.there,
        )

    def present(self, *, progress: ProgressCall = silent, cancelled: Cancel = never) -> EncryptedPresent:
        return EncryptedPresent(self._folder.present(progress=progress, cancelled=cancelled), self)

    def lost(
        self, entries: Iterable[Entry], *, progress: ProgressCall = silent, cancelled: Cancel = never
    ) -> frozenset[tuple[EntryKind, str]]:
        """As ``FolderCarrier.lost``."""
        plain: dict[tuple[EntryKind, str], tuple[EntryKind, str]] = {}

        def encrypted() -> Iterator[Entry]:
            for entry in entries:
                for name, key in self.names_of(entry.kind, entry.id):
                    made = Entry(entry.kind.encrypted, name, case_key.encrypt(key, entry.path, entry.data))
                    plain[made.kind, made.id] = (entry.kind, entry.id)
                    yield made

        return frozenset(plain[item] for item in self._folder.lost(encrypted(), progress=progress, cancelled=cancelled))

    def names_of(self, kind: EntryKind, name: str) -> tuple[tuple[str, CaseKey], ...]:
        """What an act or file is called under each key that is known here."""
        keys = self._store.keys()
        found = self._store.names_of(ItemKind(kind.value), name)
        return tuple((encrypted, keys[tag]) for tag, encrypted in found.items() if tag in keys)


@dataclass(frozen=True, slots=True)
class EncryptedPresent:
    """What the folder holds, by what is inside."""

    _present: Present
    _carrier: ConfidentialCarrier

    def has(self, kind: EntryKind, entry_id: str) -> bool:
        if kind is EntryKind.KEY or kind in _ENCRYPTED:
            return any(self._present.has(one, entry_id) for one in (kind, *_ENCRYPTED))
        names = self._carrier.names_of(kind, entry_id)
        return any(self._present.has(kind.encrypted, name) for name, _ in names)


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
        self, carrier: ConfidentialCarrier, looked: Fetch, known: Known, wanted: Wanted, asked: deque[str]
    ) -> None:
        self._carrier, self._looked, self._known, self._wanted, self._asked = carrier, looked, known, wanted, asked
        self._store, self._receipts = carrier._store, carrier._receipts
        self._keys = dict(self._store.keys())
        self._unread: dict[str, tuple[str, bytes]] = {}
        self._handed: dict[str, bytes] = {}
        self._named: list[tuple[str, ItemKind, str, str]] = []

    def run(self) -> Iterator[Entry | FileProblem]:
        self._carrier.met.kept = self._carrier.met.open = 0
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
        elif found.kind in _ENCRYPTED:
            yield from self._file_of(found)
        else:
            self._carrier.met.open += 1
            yield found

    def _key(self, found: Entry) -> Iterator[FileProblem]:
        try:
            handing.is_for(found.data, "0" * 64)
        except Refusal as refusal:
            yield _problem(found, refusal)
        else:
            self._handed[found.id] = found.data

    def _file_of(self, found: Entry) -> Iterator[Entry | FileProblem]:
        try:
            tag = case_key.tag_of(found.data)
            key = self._keys.get(tag)
            if key is None:
                self._unread[found.id] = (tag, found.data)
                self._carrier.met.kept += 1
                return
            inside = _inside(key, found.data)
        except Refusal as refusal:
            yield _problem(found, refusal)
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
            self._receipts.note(self._carrier.name, [(ItemKind.KEY, name) for name in self._handed], Proof.WRITTEN)
            self._handed = {}
        if self._unread:
            left = self._store.keep_unread(self._unread)
            kept = [(ItemKind.ENCRYPTED, name) for name in self._unread if name not in left]
            self._receipts.note(self._carrier.name, kept, Proof.WRITTEN)
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


class _Sending:
    """One run of sending: each act or file under the key of what it belongs to."""

    def __init__(
        self, carrier: ConfidentialCarrier, there: Callable[[Entry], None], doubted: Callable[[Entry], bool]
    ) -> None:
        self._carrier, self._told, self._doubted = carrier, there, doubted
        self._installation = carrier._installation
        self._keys: dict[str, CaseKey | None] = {}
        self._plain: dict[tuple[EntryKind, str], Entry] = {}
        self._copies: Counter[tuple[EntryKind, str]] = Counter()

    def encrypted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        for is_key, name, data in self._carrier._store.relayed(self._carrier.name):
            large = EntryKind.ENCRYPTED_BLOB if len(data) > MAX_ENCRYPTED_ACT else EntryKind.ENCRYPTED_ACT
            yield Entry(EntryKind.KEY if is_key else large, name, data)
        for entry in entries:
            keys = [self._key(scope, entry) for scope in self._scopes(entry)]
            if not keys or None in keys:
                self._carrier.met.keyless += 1
                continue
            made = [
                (key, Entry.of(entry.kind.encrypted, case_key.encrypt(key, entry.path, entry.data)))
                for key in keys
                if key is not None
            ]
            self._carrier._store.note_names(
                (item.id, ItemKind(entry.kind.value), entry.id, key.tag) for key, item in made
            )
            self._copies[entry.kind, entry.id] = len(made)
            for _, item in made:
                self._plain[item.kind, item.id] = entry
                yield item

    def there(self, item: Entry) -> None:
        """Of an act or file it is told once it lies there under every key it has to."""
        entry = self._plain.pop((item.kind, item.id), None)
        if entry is None:
            kind = ItemKind.KEY if item.kind is EntryKind.KEY else ItemKind.ENCRYPTED
            self._carrier._receipts.note(self._carrier.name, [(kind, item.id)], Proof.WRITTEN)
            return
        self._copies[entry.kind, entry.id] -= 1
        if not self._copies[entry.kind, entry.id]:
            self._told(entry)

    def doubts(self, item: Entry) -> bool:
        entry = self._plain.get((item.kind, item.id))
        return entry is not None and self._doubted(entry)

    def _scopes(self, entry: Entry) -> tuple[str, ...]:
        """The use cases an act or file belongs to; empty text for the organisation, whose files everybody reads anyway."""
        if entry.kind is EntryKind.ACT:
            return (self._installation.register.queries.place_of(entry.id)[0],)
        found = self._installation.register.queries.cases_naming(entry.id)
        return ("",) if "" in found else found

    def _key(self, case: str, entry: Entry) -> CaseKey | None:
        if case not in self._keys:
            self._keys[case] = writing_key(self._installation, case)
        found = self._keys[case]
        if found is None and self._installation.register.queries.place_of(entry.id)[1] == ENROL.name:
            # Who asks to be listed has no key of the organisation; theirs was handed to the administrators.
            return next(iter(self._carrier._store.keys_of("").values()), None)
        return found


def _inside(key: CaseKey, data: bytes) -> Entry:
    """What an encrypted file holds, under the right name. Raises OtherKey, EncryptedContentChanged, NotReadable."""
    path, content = case_key.decrypt(key, data)
    found = entry_of(path)
    if found is None or sha256(content) != found[1] or path_of(*found) != path:
        raise NotReadable(name=path)
    return Entry(found[0], found[1], content)


def _problem(found: Entry, refusal: Refusal) -> FileProblem:
    where = found.path
    return FileProblem(where, NotReadable(name=where, detail=refusal.given), found.kind, found.id, found.data)
