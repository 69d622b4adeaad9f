"""A folder in which nobody without a key reads anything: what goes out is encrypted, and what comes in is decrypted.

Who sends and fetches uses it as any other carrier: it takes and gives acts and files. What cannot be read here is kept apart and
passed on as it came; what lies open in the folder is given all the same, for a stop must count, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from intake.domain.acts.kinds import ENROL
from intake.exchange.entries import (
    MAX_ENCRYPTED_ACT,
    Cancel,
    Entry,
    EntryKind,
    Known,
    ProgressCall,
    Wanted,
    everything,
    never,
    nobody_asks,
    nothing_doubted,
    nothing_known,
    silent,
)
from intake.exchange.folder.folder import FolderCarrier, Present
from intake.exchange.report import Fetch, SendReport
from intake.register.register import Register
from intake.register.store.receipts import ItemKind, Proof
from intake.services.exchanging.opening_files import ENCRYPTED, EncryptedMet, opened
from intake.services.installation.access import writing_key
from intake.services.installation.giving import key_for_administrators
from intake.services.installation.installation import Installation
from intake.trust.acts import verify_act
from intake.trust.encryption import case_key
from intake.trust.encryption.case_key import CaseKey

_FOR_ADMINISTRATORS: Final = "enrolments"
_BATCH: Final = 200


class ConfidentialCarrier:
    """Has what ``FolderCarrier`` has; ``met`` tells of the last run."""

    def __init__(self, installation: Installation, folder: FolderCarrier) -> None:
        self._installation = installation
        self._folder = folder
        self._store = installation.register.confidential
        self._receipts = installation.register.receipts
        self.root, self.org = folder.root, folder.org
        self.met = EncryptedMet()

    @property
    def name(self) -> str:
        """What receipts call it."""
        return f"{self.root}/{self.org}"

    def forget(self) -> None:
        self._folder.forget()

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
        return opened(self._installation, self.name, looked, self.met, known=known, wanted=wanted)

    def _has(self, known: Known) -> Known:
        """Whether a file of the folder need not be opened. Asked of every file there, so what is here is read before, at once."""
        settled = self._store.stored() | self._store.unread_names()
        # Read once and not stored: there was no room for it, and ``known`` remembers that.
        read = {
            name: (EntryKind(kind.value), item) for name, kind, item in self._store.every_name() if name not in settled
        }

        def has(kind: EntryKind, name: str) -> bool:
            if kind is EntryKind.KEY:
                return self._store.knows_handed(name)
            if kind not in ENCRYPTED:
                return known(kind, name)
            return name in settled or (name in read and known(*read[name]))

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
        sending = _Sending(self._installation, self.name, self.met, there, doubted)
        try:
            return self._folder.send(
                sending.encrypted(entries),
                total=total,
                doubted=sending.doubts,
                progress=progress,
                cancelled=cancelled,
                there=sending.there,
            )
        finally:
            sending.note()

    def present(self, *, progress: ProgressCall = silent, cancelled: Cancel = never) -> EncryptedPresent:
        found = self._folder.present(progress=progress, cancelled=cancelled)
        inside = (
            (EntryKind(kind.value), item)
            for name, kind, item in self._store.every_name()
            if any(found.has(one, name) for one in ENCRYPTED)
        )
        return EncryptedPresent(found, frozenset(inside))

    def lost(
        self, entries: Iterable[Entry], *, progress: ProgressCall = silent, cancelled: Cancel = never
    ) -> frozenset[tuple[EntryKind, str]]:
        """As ``FolderCarrier.lost``."""
        plain: dict[tuple[EntryKind, str], tuple[EntryKind, str]] = {}
        keys = self._store.keys()

        def encrypted() -> Iterator[Entry]:
            for entry in entries:
                item = (ItemKind(entry.kind.value), entry.id)
                for tag, name in self._store.names_of([item]).get(item, {}).items():
                    if tag in keys:
                        made = Entry(entry.kind.encrypted, name, case_key.encrypt(keys[tag], entry.path, entry.data))
                        plain[made.kind, made.id] = (entry.kind, entry.id)
                        yield made

        return frozenset(plain[item] for item in self._folder.lost(encrypted(), progress=progress, cancelled=cancelled))


@dataclass(frozen=True, slots=True)
class EncryptedPresent:
    """What the folder holds, by what is inside."""

    _present: Present
    _inside: frozenset[tuple[EntryKind, str]]

    def has(self, kind: EntryKind, entry_id: str) -> bool:
        if kind is EntryKind.KEY or kind in ENCRYPTED:
            return any(self._present.has(one, entry_id) for one in (kind, *ENCRYPTED))
        return (kind, entry_id) in self._inside


class _Sending:
    """One run of sending: each act or file under the key of what it belongs to."""

    def __init__(
        self,
        installation: Installation,
        carrier: str,
        met: EncryptedMet,
        there: Callable[[Entry], None],
        doubted: Callable[[Entry], bool],
    ) -> None:
        self._installation, self._carrier, self._met = installation, carrier, met
        self._told, self._doubted = there, doubted
        self._register = installation.register
        self._known = dict(self._register.confidential.keys())
        self._keys: dict[str, CaseKey | None] = {}
        self._plain: dict[tuple[EntryKind, str], Entry] = {}
        self._copies: Counter[tuple[EntryKind, str]] = Counter()
        self._named: list[tuple[str, ItemKind, str, str]] = []
        self._passed_on: list[tuple[ItemKind, str]] = []

    def encrypted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        yield from self._relayed()
        coming = iter(entries)
        while some := list(islice(coming, _BATCH)):
            belonging = _Belonging.of(self._register, some)
            for entry in some:
                yield from self._one(entry, belonging)
            self.note()

    def _one(self, entry: Entry, belonging: _Belonging) -> Iterator[Entry]:
        apart = _FOR_ADMINISTRATORS in self._keys
        keys = self._keys_for(entry, belonging)
        if not apart and _FOR_ADMINISTRATORS in self._keys:
            # Its key was made this moment, and goes before it.
            yield from self._relayed()
        if not keys:
            self._met.keyless += 1
            return
        made = [(key, _made(key, entry)) for key in keys]
        self._copies[entry.kind, entry.id] = len(made)
        for key, item in made:
            self._plain[item.kind, item.id] = entry
            self._named.append((item.id, ItemKind(entry.kind.value), entry.id, key.tag))
            yield item

    def there(self, item: Entry) -> None:
        """Of an act or file it is told once it lies there under every key it has to."""
        entry = self._plain.pop((item.kind, item.id), None)
        if entry is None:
            self._passed_on.append((ItemKind.KEY if item.kind is EntryKind.KEY else ItemKind.ENCRYPTED, item.id))
            return
        self._copies[entry.kind, entry.id] -= 1
        if not self._copies[entry.kind, entry.id]:
            self._told(entry)

    def note(self) -> None:
        """Keep what things are called there, and what was passed on: some at a time, for each takes a write to the disk."""
        named, self._named = self._named, []
        passed_on, self._passed_on = self._passed_on, []
        self._register.confidential.note_names(named)
        self._register.receipts.note(self._carrier, passed_on, Proof.WRITTEN)

    def doubts(self, item: Entry) -> bool:
        entry = self._plain.get((item.kind, item.id))
        return entry is not None and self._doubted(entry)

    def _relayed(self) -> Iterator[Entry]:
        for is_key, name, data in self._register.confidential.relayed(self._carrier):
            large = EntryKind.ENCRYPTED_BLOB if len(data) > MAX_ENCRYPTED_ACT else EntryKind.ENCRYPTED_ACT
            yield Entry(EntryKind.KEY if is_key else large, name, data)

    def _keys_for(self, entry: Entry, belonging: _Belonging) -> tuple[CaseKey, ...]:
        """The key for each use case an act or file belongs to; none while one of them has no key."""
        if belonging.kinds.get(entry.id) == ENROL.name and self._is_unlisted(entry):
            key = self._apart()
            return (key,) if key else ()
        # Under the key it came with it is the very file that came: nothing is put anywhere twice.
        came_with = belonging.names.get((ItemKind(entry.kind.value), entry.id), {})
        before = {key.case: key for tag in came_with if (key := self._known.get(tag))}
        cases = belonging.cases.get(entry.id, ())
        found = [before.get(case) or self._key_of(case) for case in cases]
        return tuple(key for key in found if key) if all(found) else ()

    def _key_of(self, case: str) -> CaseKey | None:
        if case not in self._keys:
            self._keys[case] = writing_key(self._installation, case)
        return self._keys[case]

    def _is_unlisted(self, entry: Entry) -> bool:
        act = verify_act(entry.data).act
        return not self._installation.rosters.listed(act.person, act.signer)

    def _apart(self) -> CaseKey | None:
        """A key that only administrators have: of somebody who is not listed yet others need not know."""
        if _FOR_ADMINISTRATORS not in self._keys:
            self._keys[_FOR_ADMINISTRATORS] = key_for_administrators(self._installation)
        return self._keys[_FOR_ADMINISTRATORS]


@dataclass(frozen=True, slots=True)
class _Belonging:
    """What is to be known of some acts and files to encrypt them: the use cases they belong to (empty text for the organisation),
    the kinds of the acts, and what they were called before.
    """

    cases: Mapping[str, Collection[str]]
    kinds: Mapping[str, str]
    names: Mapping[tuple[ItemKind, str], Mapping[str, str]]

    @classmethod
    def of(cls, register: Register, entries: Sequence[Entry]) -> _Belonging:
        acts = register.queries.places_of(entry.id for entry in entries if entry.kind is EntryKind.ACT)
        files = register.queries.cases_naming(entry.id for entry in entries if entry.kind is EntryKind.BLOB)
        # What everybody reads need not be there for each use case as well.
        cases = {name: ("",) if "" in of else sorted(of) for name, of in files.items()}
        return cls(
            {**cases, **{name: (case,) for name, (case, _) in acts.items()}},
            {name: kind for name, (_, kind) in acts.items()},
            register.confidential.names_of((ItemKind(entry.kind.value), entry.id) for entry in entries),
        )


def _made(key: CaseKey, entry: Entry) -> Entry:
    return Entry.of(entry.kind.encrypted, case_key.encrypt(key, entry.path, entry.data))
