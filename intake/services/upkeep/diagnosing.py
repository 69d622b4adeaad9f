"""What an installation looks like from outside: facts for a helpdesk, and findings for its user.

Nothing is repaired here, and nothing of what the acts say is shown: the facts may be sent to a helpdesk.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from intake import __version__
from intake.domain.base.wording import words
from intake.domain.base.words import spoken
from intake.domain.case.status import roles_ended, roster_expired
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.rivals import recorders
from intake.exchange.folder.health import inspect
from intake.register import migrations
from intake.register.store import backup
from intake.register.store.pragmas import journal
from intake.register.views.projector import NoteSort
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import InstallationSettings, Workspace
from intake.services.lists import home
from intake.services.organisation import people
from intake.services.organisation.unread_rosters import roster_unread
from intake.services.proving import listings
from intake.services.upkeep.clocks import clock_findings
from intake.services.upkeep.findings import HealthFinding

SOON = timedelta(days=30)
OLD = timedelta(days=90)
"""Age of the newest checkpoint from which what is known here should be refreshed."""

_LIBRARIES = ("SQLAlchemy", "cryptography", "pyHanko", "pikepdf", "reportlab", "PySide6-Essentials", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``facts`` are pairs of label and value in the order to show them; without ``findings`` all is well."""

    facts: tuple[tuple[str, str], ...]
    findings: tuple[HealthFinding, ...]


def diagnose(workspace: Workspace, installation: Installation, *, thorough: bool = False) -> Diagnosis:
    """Look at everything of one installation. ``thorough`` also verifies every stored signature and folds all again."""
    settings = workspace.settings()
    facts = (
        *_program(),
        *_register(workspace, installation),
        *_organisation(installation),
        *_person(installation, settings),
    )
    folder_facts, folder_findings = _folder(settings)
    findings = [
        *_home_findings(workspace, installation),
        *_register_findings(installation, thorough=thorough),
        *_organisation_findings(installation),
        *_person_findings(workspace, installation, settings),
        *folder_findings,
        *_attention(installation),
        *clock_findings(installation),
    ]
    return Diagnosis((*facts, *folder_facts), tuple(findings))


def _program() -> Iterator[tuple[str, str]]:
    yield "Countersign", __version__
    yield "Python", f"{platform.python_version()} on {platform.system()} {platform.release()}"
    for name in _LIBRARIES:
        try:
            yield name, metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # a frozen build leaves out what says which version it is


def _register(workspace: Workspace, installation: Installation) -> Iterator[tuple[str, str]]:
    mode, synchronous = journal()
    queries = installation.register.queries
    counts = queries.counts()
    acts = sum(1 for _ in queries.every_act())
    yield "Home", str(workspace.root)
    if os.name != "nt":
        yield "Open to others", "something" if installation.privacy.open or installation.privacy.shared else "nothing"
    yield "SQLite", f"{sqlite3.sqlite_version}, journal {mode}, synchronous {synchronous}"
    yield (
        "Register",
        f"format {migrations.HEAD[0]}.{migrations.HEAD[1]}, installation {installation.register.installation.id}",
    )
    yield "Use cases", str(counts.total)
    yield "Acts", str(acts)
    yield "Drafts", str(len(installation.register.drafts.listed()))
    yield "Waiting", str(len(queries.waiting_room()))
    yield "In quarantine", str(installation.register.quarantine.count())
    yield "Alarms", str(len(queries.notes(NoteSort.ALARM)))


def _home_findings(workspace: Workspace, installation: Installation) -> Iterator[HealthFinding]:
    closed = installation.register.closed
    if closed:
        yield HealthFinding(
            "home-read-only",
            f"The home can only be read, so nothing can be signed or saved in it: {closed.facts['detail']}.",
            closed.next_step,
        )
    found = installation.privacy
    if found.closed:
        yield HealthFinding(
            "home-was-open",
            f"Other people of this computer could open {_shown(found.closed)} of this home; they are shut out now.",
            "If others use this computer, make a new key with countersign new-key, and tell the administrators.",
        )
    if found.open:
        yield HealthFinding(
            "home-open",
            f"Other people of this computer can open {_shown(found.open)} of this home, and Countersign cannot shut "
            "them out: it belongs to somebody else, or its disk knows no rights or can only be read.",
            "Have its owner remove it, or move the home to a disk of this computer.",
        )
    if found.shared:
        yield HealthFinding(
            "home-shared",
            "The home is a folder that holds other things too, so only the files of the register are closed to others.",
            "Move the register into a folder for itself, and name that with --home.",
        )
    folder = workspace.exchange_folder
    if folder and os.name != "nt" and folder.resolve().is_relative_to(workspace.root.resolve()):
        yield HealthFinding(
            "folder-in-home",
            "The exchange folder is inside the home, where nobody else can reach it.",
            "Choose a folder outside the home that the others can open too.",
        )


def _shown(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return ("the folder" if names[0] == "." else f"“{names[0]}”") + more


def _register_findings(installation: Installation, *, thorough: bool) -> Iterator[HealthFinding]:
    damage = backup.check(installation.register.path)
    if damage:
        yield HealthFinding(
            "register-damaged",
            f"The register is damaged: {damage}.",
            "Restore the last backup; what others have received comes back with the next exchange.",
        )
        return
    if thorough:
        broken = list(installation.register.audit())
        if broken:
            yield HealthFinding(
                "acts-damaged",
                f"{len(broken)} stored acts no longer verify: {broken[0][1].what_happened}",
                "Restore the last backup, or fetch everything into a new home.",
            )
        elif not installation.register.rebuild(check=True).identical:
            yield HealthFinding(
                "lists-differ",
                "The lists are not what the acts say.",
                "Run: countersign rebuild. Nothing is lost by it.",
            )


def _organisation(installation: Installation) -> Iterator[tuple[str, str]]:
    rosters = installation.rosters
    yield "Organisation", spoken(rosters.org) if rosters.org else "none yet"
    if rosters.newest:
        yield "Roster", f"version {rosters.newest.version}, good until {rosters.newest.expires.isoformat()}"
    if rosters.late:
        yield "Rosters too late", str(len(rosters.late))
    known = home.known_on(installation)
    yield "Known on", known.isoformat() if known else "no checkpoint yet"


def _organisation_findings(installation: Installation) -> Iterator[HealthFinding]:
    rosters, now = installation.rosters, installation.clock()
    if not rosters.org:
        yield HealthFinding(
            "no-organisation",
            "This register belongs to no organisation yet.",
            "Accept one with: countersign roster accept. Or set one up with: countersign roster found.",
        )
        return
    for item in rosters.unread.values():
        if item.waits_for and not item.may_count:
            yield HealthFinding(
                "roster-unread",
                f"The people of roster version {item.document.version} are not here, so nothing under it counts yet.",
                f"Fetch from the exchange; it is the file {item.waits_for}.",
            )
    if unread := roster_unread(rosters):
        yield HealthFinding("roster-awaited", unread.what_happened, unread.next_step)
    if not rosters.founded:
        yield HealthFinding(
            "not-founded",
            "The first roster is not in force here.",
            "Fetch from the exchange; every administrator it lists must endorse it.",
        )
        return
    if rosters.rivals:
        yield HealthFinding(
            "rivals",
            "Two roster versions claim to be the newest, so nothing new can be approved.",
            _who_tells(installation),
        )
    yield from _uncovered(installation)
    newest = rosters.newest
    assert newest is not None  # founded
    for person, role, last in roles_ended(rosters, now.date()):
        yield HealthFinding(
            "role-ended",
            f"{rosters.name(person)} was {role} until {last.isoformat()}; approvals signed since then do not count.",
            "End the role with: countersign roster end-role. Or give it again: countersign roster grant-role.",
        )
    if roster_expired(rosters, now.date()):
        yield HealthFinding(
            "roster-expired",
            f"The roster expired on {newest.expires.isoformat()}, so nothing new can be approved.",
            "Ask the administrators for a new version.",
        )
    elif newest.expires - now.date() < SOON:
        yield HealthFinding(
            "roster-expires",
            f"The roster expires on {newest.expires.isoformat()}.",
            "Ask the administrators for a new version before that day.",
        )
    known = home.known_on(installation)
    if known and now - known > OLD:
        yield HealthFinding(
            "old-picture",
            f"The newest checkpoint is of {known.date().isoformat()}: what is known here may be old.",
            "Fetch from the exchange, and ask the records team for a checkpoint.",
        )


def _who_tells(installation: Installation) -> str:
    rosters = installation.rosters
    if silent := listings.unlisted_in(installation, rosters.settlers):
        return f"{listings.untold(silent, rosters)} {listings.to_give(silent, rosters)}"
    settle = "The administrators settle it with: countersign roster settle."
    names = _named(rosters, (person for person, _ in rosters.settlers))
    if not names:
        return settle
    return f"{names} can tell which counts with: countersign roster checkpoint --for ROSTER. Or: {settle}"


def _uncovered(installation: Installation) -> Iterator[HealthFinding]:
    """Versions that nothing protects from a rival, and versions after which nothing will be protected."""
    rosters = installation.rosters
    for item in rosters.uncovered:
        version = item.listed.roster.version
        danger = f"so a majority of the administrators of version {version - 1} could still undo it"
        if silent := listings.unlisted_in(installation, item.keys):
            yield HealthFinding(
                "roster-not-covered",
                f"Nothing here shows that a checkpoint covers roster version {version}, {danger}. "
                f"{listings.untold(silent, rosters)}",
                listings.to_give(silent, rosters),
            )
        elif item.keys:
            yield HealthFinding(
                "roster-not-covered",
                f"No checkpoint of the records team covers roster version {version}, {danger}.",
                f"{_named(rosters, item.people)} can sign one with: countersign roster checkpoint.",
            )
        else:
            yield HealthFinding(
                "roster-cannot-be-covered",
                f"Version {version - 1} lists nobody who keeps records, so no checkpoint can cover roster version "
                f"{version}, {danger}.",
                "Only the administrators of that time could do it; keep an eye on the people page.",
            )
    if not recorders(listed.roster for listed in rosters.in_force):
        yield HealthFinding(
            "no-records-team",
            "The roster in force lists nobody who keeps records, so nothing will protect the version after it.",
            "Give somebody the role with: countersign roster grant-role PERSON records.",
        )


def _named(rosters: RosterHistory, people: Iterable[str]) -> str:
    return ", ".join(sorted({rosters.name(person) for person in people}))


def _person(installation: Installation, settings: InstallationSettings) -> Iterator[tuple[str, str]]:
    if not settings.person:
        yield "Person", "nobody yet"
        return
    mine = home.me(installation, settings.person, settings.key)
    yield "Person", f"{mine.person}, {', '.join(mine.roles) or 'no role'}"
    yield "Key", settings.key or "none"


def _person_findings(
    workspace: Workspace, installation: Installation, settings: InstallationSettings
) -> Iterator[HealthFinding]:
    if not settings.person or not settings.key:
        yield HealthFinding(
            "no-key", "There is no key in use here, so nothing can be signed.", "Make one with: countersign new-key."
        )
        return
    if not any(item.fingerprint == settings.key and item.path.is_file() for item in workspace.key_files()):
        yield HealthFinding(
            "key-missing", "The file of the key in use is not here.", "Bring it back with: countersign use-key."
        )
    if installation.rosters.founded and not installation.rosters.listed(settings.person, settings.key):
        asked = any(item.fingerprint == settings.key for item in people.enrolments(installation))
        step = "An administrator lists it with: countersign roster list-person." if asked else "Run: countersign enrol."
        yield HealthFinding(
            "key-not-listed", "The roster does not list the key in use, so nothing it signs counts.", step
        )


def _folder(settings: InstallationSettings) -> tuple[list[tuple[str, str]], list[HealthFinding]]:
    if not settings.folder:
        return [("Exchange folder", "none")], []
    health = inspect(Path(settings.folder))
    state = "readable and writable" if health.readable and health.writable else "not usable"
    facts = [("Exchange folder", f"{settings.folder}, {state}")]
    if health.synced_by:
        facts.append(("Kept in step by", health.synced_by))
    if health.free_bytes is not None:
        facts.append(("Free there", f"{health.free_bytes >> 20} MB"))
    findings = []
    if health.trouble:
        trouble = health.trouble
        findings.append(HealthFinding("folder", f"{trouble.what_happened} {trouble.reason}".strip(), trouble.next_step))
    if health.inside:
        findings.append(
            HealthFinding(
                "folder-inside",
                "The exchange folder is the folder of one organisation inside another.",
                "Choose the folder above it.",
            )
        )
    return facts, findings


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _attention(installation: Installation) -> Iterator[HealthFinding]:
    queries = installation.register.queries
    alarms = queries.notes(NoteSort.ALARM)
    if alarms:
        yield HealthFinding(
            "alarms",
            f"{_counted(len(alarms), 'alarm')}, the first: {alarms[0].reference}, {words(alarms[0].reason).rstrip('.')}.",
            "Look at the history of these use cases before anything is approved there.",
        )
    if left := installation.register.to_rejudge:
        yield HealthFinding(
            "out-of-date",
            f"Still to be read again, since an update or a new roster: {_counted(left, 'use case')}.",
            "An open window and the next exchange do it; or at once: countersign rebuild.",
        )
    refused = installation.register.quarantine.count()
    if refused:
        yield HealthFinding(
            "quarantine",
            f"In quarantine, because it was refused: {_counted(refused, 'file')}.",
            "Look at them: countersign quarantine.",
        )
    # Nothing that could arrive helps an act under a late roster: its signer signs again.
    waiting = [item for item in queries.waiting_room() if item.code not in ("Enrolment", "LateRoster")]
    if waiting:
        yield HealthFinding(
            "waiting",
            f"{len(waiting)} acts wait for a roster that is not here.",
            "Fetch from the exchange. See: countersign quarantine.",
        )
