"""A folder in which nobody without a key reads anything: what goes out is encrypted, and what comes in opened.

To whoever sends and fetches it is like any other carrier: it takes and gives acts and files. What nobody here can read is
kept apart and passed on as it came; what lies open in the folder is given all the same, for a stop must count, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
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
from intake.register.store.receipts import ItemKind, Proof
from intake.services.exchanging.opening_files import ENCRYPTED, EncryptedMet, opened
from intake.services.installation.access import access_to, writing_key
from intake.services.installation.giving import hand_to_administrators
from intake.services.installation.installation import Installation
from intake.trust.acts import verify_act
from intake.trust.encryption import case_key
from intake.trust.encryption.case_key import CaseKey

_FOR_ADMINISTRATORS: Final = "enrolments"


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
        return opened(self._installation, self.name, looked, self.met, known=known, wanted=wanted)

    def _has(self, known: Known) -> Known:
        """Whether a file of the folder need not be opened."""

        def has(kind: EntryKind, name: str) -> bool:
            if kind is EntryKind.KEY:
                return self._store.knows_handed(name)
            if kind not in ENCRYPTED:
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
        if kind is EntryKind.KEY or kind in ENCRYPTED:
            return any(self._present.has(one, entry_id) for one in (kind, *ENCRYPTED))
        names = self._carrier.names_of(kind, entry_id)
        return any(self._present.has(kind.encrypted, name) for name, _ in names)


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
        if not case and entry.kind is EntryKind.ACT and self._is_unlisted_enrolment(entry):
            return self._enrolment_key()
        if case not in self._keys:
            self._keys[case] = writing_key(self._installation, case)
        return self._keys[case]

    def _is_unlisted_enrolment(self, entry: Entry) -> bool:
        if self._installation.register.queries.place_of(entry.id)[1] != ENROL.name:
            return False
        act = verify_act(entry.data).act
        return not self._installation.rosters.listed(act.person, act.signer)

    def _enrolment_key(self) -> CaseKey | None:
        """A key that only administrators have: of somebody who is not listed yet, others need not know."""
        if _FOR_ADMINISTRATORS not in self._keys:
            given = access_to(self._installation, "").given
            if not (known := self._apart(given)):
                hand_to_administrators(self._installation)
                known = self._apart(given)
            self._keys[_FOR_ADMINISTRATORS] = known[0] if known else None
        return self._keys[_FOR_ADMINISTRATORS]

    def _apart(self, given: Container[str]) -> list[CaseKey]:
        keys = self._carrier._store.keys_of("")
        return [keys[tag] for tag in sorted(keys) if tag not in given]
