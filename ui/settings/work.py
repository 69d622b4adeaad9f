"""What the settings page reads and changes, as jobs: keys, the timestamp address, the data folder, the proof of rebuilding."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from intake.domain.base.refusals import Refusal
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.installation.workspace import Session
    from intake.services.upkeep.keeping import Rebuilt


class AddressNotUsable(Refusal):
    what = "“{address}” is not the address of a timestamp service."
    why = "Countersign speaks to it over http or https, as RFC 3161 says."
    next = "Enter an address such as https://timestamps.example.org/tsa, or leave it empty."


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """A key file here. ``listed`` is whether the roster lists it for this person now, ``note`` says what to know of its days."""

    fingerprint: str
    name: str
    words: str
    in_use: bool
    listed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    person: str
    name: str
    unit: str
    folder: str
    tsa: str
    language: str
    keys: tuple[KeyChoice, ...]
    root: Path
    size: int
    backups: int


def look(_: JobTask, session: Session) -> SettingsFacts:
    from intake.domain.base.wording import words
    from intake.domain.base.words import spoken

    settings = session.settings
    rosters = session.installation.rosters
    entry = rosters.person(settings.person)
    workspace = session.workspace
    keys = tuple(
        KeyChoice(
            item.fingerprint,
            item.name,
            spoken(item.fingerprint),
            item.fingerprint == settings.key,
            rosters.listed(settings.person, item.fingerprint),
            words(item.note),
        )
        for item in workspace.key_files()
    )
    register = workspace.register
    return SettingsFacts(
        person=settings.person,
        name=entry.name if entry else settings.person,
        unit=entry.unit if entry else "",
        folder=settings.folder,
        tsa=settings.tsa,
        language=settings.language,
        keys=keys,
        root=workspace.root,
        size=register.stat().st_size if register.is_file() else 0,
        backups=sum(1 for _ in workspace.backups.glob("*.sqlite")) if workspace.backups.is_dir() else 0,
    )


def use_key(_: JobTask, session: Session, fingerprint: str) -> str:
    """Sign with this key from now on."""
    session.workspace.change_settings(key=fingerprint)
    return fingerprint


def set_tsa(_: JobTask, session: Session, address: str) -> str:
    """Keep the address of the timestamp service; empty for none. Raises AddressNotUsable."""
    if address:
        try:
            parts = urlsplit(address)
            usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            usable = False
        if not usable:
            raise AddressNotUsable(address=address)
    session.workspace.change_settings(tsa=address)
    return address


def rebuild_check(task: JobTask, session: Session) -> Rebuilt:
    """Fold everything again and compare; nothing is changed."""
    from intake.services.upkeep import keeping

    return keeping.check_rebuilding(session.installation, progress=task.progress)
