"""One installation on disk: its data folder, its settings, its keys, and the installation that is opened from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from intake.causes import cause
from intake.domain.acts.capabilities import Capabilities
from intake.domain.acts.kinds import ActKind
from intake.domain.assessment.engines import THIS_VERSION, Engine
from intake.domain.base.canonical import MAX_BYTES, sha256
from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.case.fold import CaseState
from intake.domain.organisation.accepted_playbooks import accepted, engine_for
from intake.domain.organisation.history import RosterHistory
from intake.files import REGISTER, make_folder, not_written, write_whole
from intake.formats.cyclonedx_schema import BomSchemas
from intake.reading import read_file
from intake.records.editions.printer import Printer
from intake.records.proof import seals
from intake.records.signatures.timestamps import HttpTimestamps
from intake.register.register import Register
from intake.register.store.connecting import unwritable
from intake.register.store.leftovers import remove_leftovers
from intake.register.views.projector import DomainProjector
from intake.services.installation.act_writer import require_listed
from intake.services.installation.installation import (
    AssessmentFacts,
    Installation,
    PersonWithKey,
    PlaybookShelf,
    assessor,
)
from intake.services.installation.playbook_files import CoreRule
from intake.services.installation.playbook_files import read_playbook as read_playbook  # noqa: PLC0414 - many import it from here
from intake.services.installation.playbook_rules import PlaybookRuleReader
from intake.services.installation.press import Press
from intake.services.installation.privacy import keep_private
from intake.services.installation.record_files import RecordFileReader
from intake.services.installation.settings_file import LOCK, SETTINGS, changing_settings, read_settings
from intake.services.installation.templates import read_templates
from intake.trust import certificates
from intake.trust.encryption.reader_key import ReaderKey
from intake.trust.keys import SigningKey, create_key, open_keys, with_reader_key

_MAX_KEY_FILE = 1 << 20
_BESIDE_THE_REGISTER = ("", "-journal", "-wal", "-shm", ".mark", ".replaced")


class NoSuchKey(Refusal):
    what = "There is no key here with this fingerprint."
    why = "Signing needs the key file that belongs to the person."
    next = "Choose the key file in the settings, or make a new key and enrol with it."


class KeyNotRead(Refusal):
    what = "The key file {name} cannot be read: {detail}."
    why = "Signing needs the key file that belongs to the person."
    next = "Give yourself the right to read it, or bring the key back with: countersign use-key."
    exit_code = 3


@dataclass(frozen=True, slots=True)
class InstallationSettings:
    """What this installation is told; empty means not set. ``key`` is a fingerprint, ``person`` a person id."""

    person: str = ""
    key: str = ""
    folder: str = ""
    language: str = "en"
    tsa: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key in the data folder. ``name`` is what its certificate says, ``note`` what to know of its days: both for display."""

    fingerprint: str
    name: str
    path: Path
    note: Reason | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The data folder of one installation. Nothing is opened before it is asked for."""

    root: Path

    @property
    def register(self) -> Path:
        return self.root / REGISTER

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def belongings(self) -> tuple[Path, ...]:
        """The files and folders that make up a home, whatever else is beside them."""
        register = [self.register.with_name(self.register.name + end) for end in _BESIDE_THE_REGISTER]
        own = [self.root / name for name in (SETTINGS, LOCK, "settings.ini", "errors.log", "window.lock")]
        return (*register, self.keys, self.backups, *own)

    @property
    def exchange_folder(self) -> Path | None:
        folder = self.settings().folder
        return Path(folder) if folder else None

    def settings(self) -> InstallationSettings:
        """The settings; without a file nothing is set. Raises SettingsUnreadable."""
        found, known = self._stored_settings(), asdict(InstallationSettings())
        return replace(InstallationSettings(), **{name: value for name, value in found.items() if name in known})  # type: ignore[arg-type]  # their types were checked

    def change_settings(self, **changes: object) -> InstallationSettings:
        """Change some settings, durably, and leave those alone that other programs change meanwhile.

        Raises SettingsUnreadable, SettingsHeld, HomeReadOnly or NotWritten.
        """
        self._require_writing()
        self._stored_settings()  # what cannot be read is refused before anything is made beside it
        with not_written(self.root):
            make_folder(self.root, private=True)
        with changing_settings(self.root):
            stored = self._stored_settings()
            made = replace(self.settings(), **changes)  # type: ignore[arg-type]  # dataclasses checks the names
            whole = {**stored, **asdict(made)}
            write_whole(self.root / SETTINGS, json.dumps(whole, indent=2).encode(), private=True)
        return made

    def _stored_settings(self) -> dict[str, object]:
        return read_settings(self.root / SETTINGS, asdict(InstallationSettings()))

    def make_key(self, name: str, passphrase: str) -> SigningKey:
        """A new key, saved here before it is used. Raises PassphraseTooShort, NameNotUsable, HomeReadOnly or NotWritten."""
        self._require_writing()
        return self.bring_key(create_key(name, passphrase, at=datetime.now(UTC)), passphrase)

    def bring_key(self, pkcs12: bytes, passphrase: str) -> SigningKey:
        """Keep a key file somebody brought, after opening it, with a reader key beside its key if it has none.

        Raises what ``open_keys`` raises, HomeReadOnly or NotWritten.
        """
        self._require_writing()
        kept = with_reader_key(pkcs12, passphrase, at=datetime.now(UTC))
        key = open_keys(kept, passphrase).signing
        certificate = x509.load_der_x509_certificate(key.certificate_der).public_bytes(Encoding.PEM)
        with not_written(self.keys):
            make_folder(self.keys, private=True)
        write_whole(self.keys / f"{key.fingerprint}.p12", kept, private=True)
        write_whole(self.keys / f"{key.fingerprint}.pem", certificate, private=True)
        return key

    def _require_writing(self) -> None:
        if self.register.is_file() and (closed := unwritable(self.register)):
            raise closed

    def key_files(self) -> tuple[KeyFile, ...]:
        """The keys in this data folder, by name; what cannot be read is no key."""
        found = []
        for path in sorted(self.keys.glob("*.pem")):
            try:
                pem = x509.load_pem_x509_certificate(read_file(path, _MAX_KEY_FILE))
                shown = certificates.read(pem.public_bytes(Encoding.DER)).appearance
            except (OSError, ValueError, Refusal):
                continue
            name, note = shown.common_name or path.stem[:8], shown.note(datetime.now(UTC))
            found.append(KeyFile(path.stem, name, path.with_suffix(".p12"), note))
        return tuple(sorted(found, key=lambda item: (item.name, item.fingerprint)))

    def signer(self, person: str, fingerprint: str, passphrase: str) -> PersonWithKey:
        """The person with their key opened. Raises NoSuchKey, KeyNotRead, WrongPassphrase and their kin."""
        path = self.keys / f"{fingerprint}.p12"
        try:
            content = read_file(path, _MAX_KEY_FILE)
        except FileNotFoundError:
            raise NoSuchKey from None
        except OSError as error:
            raise KeyNotRead(name=path.name, detail=cause(error, reading=True)) from None
        opened = open_keys(content, passphrase)
        return PersonWithKey(person, opened.signing, opened.reader)


class KeptReader:
    """The key that decrypts, from the first passphrase on, so that what is handed over later opens by itself. In memory only."""

    def __init__(self) -> None:
        self._kept: tuple[str, ReaderKey | None] = ("", None)
        self._fresh = False

    def keep(self, signing: str, reader: ReaderKey | None) -> None:
        """A passphrase has just opened the key file of this signing key (fingerprint)."""
        self._kept, self._fresh = (signing, reader), True

    def of(self, signing: str) -> ReaderKey | None:
        """The key beside this signing key (fingerprint), if its file was opened."""
        kept, reader = self._kept
        return reader if kept == signing else None

    @property
    def fresh(self) -> bool:
        """Whether a key file was opened since the last ``seen``."""
        return self._fresh

    def seen(self) -> None:
        self._fresh = False


@dataclass(frozen=True, slots=True)
class Session:
    """A person at an installation: what the screens are handed. Settings are read each time, as they may have changed."""

    workspace: Workspace
    installation: Installation
    kept: KeptReader = field(default_factory=KeptReader, compare=False)

    @property
    def settings(self) -> InstallationSettings:
        return self.workspace.settings()

    @property
    def person(self) -> str:
        return self.settings.person

    def require_listed(self, kind: ActKind[Any]) -> None:
        """Raise NotListed before a passphrase is asked for, when an act of this kind would be refused for the key in use."""
        settings = self.settings
        require_listed(self.installation, settings.person, settings.key, kind)

    def signer(self, passphrase: str) -> PersonWithKey:
        """The person with the key in use, opened. Raises NoSuchKey, WrongPassphrase and their kin."""
        settings = self.settings
        opened = self.workspace.signer(settings.person, settings.key, passphrase)
        self.kept.keep(settings.key, opened.reader)
        return opened

    @property
    def reader(self) -> ReaderKey | None:
        """The key that decrypts and belongs to the key in use, once its passphrase was given in this run of the program."""
        return self.kept.of(self.settings.key)


def open_installation(
    workspace: Workspace,
    read: Callable[[str], bytes],
    names: Callable[[str], tuple[str, ...]],
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0),
    capabilities: Capabilities[Engine] = THIS_VERSION,
) -> Installation:
    """Open the register (making it when there is none) and everything an installation needs.

    What others of this computer could read of the home is closed to them first. ``read`` and ``names`` give resources by
    name, ``capabilities`` are what this version of the program understands. Raises a RegisterRefusal when
    the place or the file is unfit; a home that cannot be written is opened to be read.
    """
    shelf = PlaybookShelf(read_playbook(read, names))
    make_folder(workspace.root, private=True)
    privacy = keep_private(workspace.root, ours=workspace.belongings, apart=workspace.exchange_folder)
    projector = _Late()
    core_rule = CoreRule(read, names)
    rules = PlaybookRuleReader(capabilities.engines, core_rule)
    folding = DomainProjector(projector, seals.record_file, rules.over, capabilities, shelf.core.digest)
    register = Register.open(workspace.register, projector=folding, clock=clock)
    if not register.read_only:
        remove_leftovers(workspace.keys)
    record_files = RecordFileReader(register.queries.record_file)
    projector.look = assessor(shelf, register.queries.blob, capabilities.engines)

    def history() -> RosterHistory:
        return register.organisation().history

    shelf.follow(
        _Accepted(history),
        register.queries.blob,
        lambda name: engine_for(history(), name) in capabilities.engines,
        core_rule,
    )
    tsa = workspace.settings().tsa
    stamps = HttpTimestamps(tsa) if tsa else None
    stored = read_templates(read, names)
    return Installation(
        register,
        shelf,
        Printer(read),
        clock,
        BomSchemas(read),
        stamps,
        stored,
        privacy,
        record_files,
        capabilities,
        rules,
    )


def press_of(
    read: Callable[[str], bytes], names: Callable[[str], tuple[str, ...]], folder: Path | None = None
) -> Press:
    """What pages are printed with where there is no register.

    A playbook is the one the app brings, or is in ``folder`` under its digest, as an exchange keeps files.
    """
    shelf = PlaybookShelf(read_playbook(read, names))

    def fetch(digest: str) -> bytes | None:
        found = folder.rglob(f"{digest}*") if folder else ()
        return next((data for path in found if (data := _playbook_in(path)) and sha256(data) == digest), None)

    return Press(Printer(read), lambda digest: shelf.get(digest, fetch), THIS_VERSION.engines, CoreRule(read, names))


def _playbook_in(path: Path) -> bytes | None:
    try:
        return read_file(path, MAX_BYTES)
    except (OSError, ValueError):
        return None


class _Accepted:
    """What the rosters accept, worked out again only when another roster came: it is asked for with every answer."""

    def __init__(self, history: Callable[[], RosterHistory]) -> None:
        self._history = history
        self._known: tuple[RosterHistory, Mapping[str, int]] = (RosterHistory(""), {})

    def __call__(self) -> Mapping[str, int]:
        history = self._history()
        if self._known[0] is not history:
            self._known = (history, accepted(history))
        return self._known[1]


class _Late:
    """The assessor needs the register's blobs, and the register needs the assessor: one of them comes second."""

    def __init__(self) -> None:
        self.look: Callable[[CaseState], AssessmentFacts | None] = lambda _state: None

    def __call__(self, state: CaseState) -> AssessmentFacts | None:
        return self.look(state)
