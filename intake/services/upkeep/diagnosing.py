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
from typing import TypeAlias

from intake import __version__
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.wording import enumerated, on_day, said, together, words
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
from intake.services.upkeep import sentences as say
from intake.services.upkeep.clocks import clock_findings
from intake.services.upkeep.findings import HealthFinding

SOON = timedelta(days=30)
OLD = timedelta(days=90)
"""Age of the newest checkpoint from which what is known here should be refreshed."""

_LIBRARIES = ("SQLAlchemy", "cryptography", "pyHanko", "pikepdf", "reportlab", "PySide6-Essentials", "pypdfium2")


HealthFact: TypeAlias = tuple[Reason, Fact]
"""A label and its value."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``known`` are facts, pairs of label and value in the order to show them; without ``findings`` all is well."""

    known: tuple[HealthFact, ...]
    findings: tuple[HealthFinding, ...]

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """``known`` in words."""
        return tuple((words(label), said(value)) for label, value in self.known)


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


def _program() -> Iterator[HealthFact]:
    yield say.NAMED(name="Countersign"), __version__
    system = f"{platform.system()} {platform.release()}"
    yield say.NAMED(name="Python"), say.PYTHON_ON(python=platform.python_version(), system=system)
    for name in _LIBRARIES:
        try:
            yield say.NAMED(name=name), metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # a frozen build leaves out what says which version it is


def _register(workspace: Workspace, installation: Installation) -> Iterator[HealthFact]:
    mode, synchronous = journal()
    queries = installation.register.queries
    counts = queries.counts()
    acts = sum(1 for _ in queries.every_act())
    yield say.HOME(), str(workspace.root)
    if os.name != "nt":
        is_open = installation.privacy.open or installation.privacy.shared
        yield say.OPEN_TO_OTHERS(), say.SOMETHING() if is_open else say.NOTHING()
    sqlite = say.SQLITE(version=sqlite3.sqlite_version, mode=mode, synchronous=str(synchronous))
    yield say.NAMED(name="SQLite"), sqlite
    form = f"{migrations.HEAD[0]}.{migrations.HEAD[1]}"
    yield say.REGISTER(), say.FORMAT(format=form, installation=installation.register.installation.id)
    yield say.USE_CASES(), counts.total
    yield say.ACTS(), acts
    yield say.DRAFTS(), len(installation.register.drafts.listed())
    yield say.WAITS(), len(queries.waiting_room())
    yield say.IN_QUARANTINE(), installation.register.quarantine.count()
    yield say.ALARM_COUNT(), len(queries.notes(NoteSort.ALARM))


def _home_findings(workspace: Workspace, installation: Installation) -> Iterator[HealthFinding]:
    closed = installation.register.closed
    if closed:
        yield HealthFinding(
            "home-read-only",
            say.HOME_READ_ONLY(detail=dict(closed.given.facts)["detail"]),
            closed.told("next") or say.HOME_OPEN_NEXT(),
        )
    found = installation.privacy
    if found.closed:
        yield HealthFinding(
            "home-was-open",
            say.HOME_WAS_OPEN(what=_shown(found.closed)),
            say.HOME_WAS_OPEN_NEXT(),
        )
    if found.open:
        yield HealthFinding(
            "home-open",
            say.HOME_OPEN(what=_shown(found.open)),
            say.HOME_OPEN_NEXT(),
        )
    if found.shared:
        yield HealthFinding(
            "home-shared",
            say.HOME_SHARED(),
            say.HOME_SHARED_NEXT(),
        )
    folder = workspace.exchange_folder
    if folder and os.name != "nt" and folder.resolve().is_relative_to(workspace.root.resolve()):
        yield HealthFinding(
            "folder-in-home",
            say.FOLDER_IN_HOME(),
            say.FOLDER_IN_HOME_NEXT(),
        )


def _shown(names: tuple[str, ...]) -> Reason:
    place = say.THE_FOLDER() if names[0] == "." else say.PLACE(name=names[0])
    return say.PLACE_AND_MORE(place=place, more=len(names) - 1) if len(names) > 1 else place


def _register_findings(installation: Installation, *, thorough: bool) -> Iterator[HealthFinding]:
    damage = backup.check(installation.register.path)
    if damage:
        yield HealthFinding(
            "register-damaged",
            say.REGISTER_DAMAGED(damage=damage),
            say.REGISTER_DAMAGED_NEXT(),
        )
        return
    if _signed_before(installation) and next(installation.register.queries.every_act(), None) is None:
        yield HealthFinding("register-lost", say.REGISTER_LOST(), say.REGISTER_DAMAGED_NEXT())
    if thorough:
        broken = list(installation.register.audit())
        if broken:
            yield HealthFinding(
                "acts-damaged",
                say.ACTS_DAMAGED(count=len(broken), first=broken[0][1].given),
                say.ACTS_DAMAGED_NEXT(),
            )
        elif not installation.register.rebuild(check=True).identical:
            yield HealthFinding(
                "lists-differ",
                say.LISTS_DIFFER(),
                say.LISTS_DIFFER_NEXT(),
            )


def _signed_before(installation: Installation) -> bool:
    """Whether numbers were given out before this register was made: a new one in a new home begins with the first."""
    return installation.register.installation.count > 1


def _organisation(installation: Installation) -> Iterator[HealthFact]:
    rosters = installation.rosters
    yield say.ORGANISATION(), spoken(rosters.org) if rosters.org else say.NONE_YET()
    if rosters.newest:
        day = on_day(rosters.newest.expires)
        yield say.ROSTER(), say.ROSTER_UNTIL(version=rosters.newest.version, day=day)
    if rosters.late:
        yield say.ROSTERS_LATE(), len(rosters.late)
    known = home.known_on(installation)
    yield say.KNOWN_ON(), on_day(known.date()) if known else say.NO_CHECKPOINT()


def _organisation_findings(installation: Installation) -> Iterator[HealthFinding]:
    rosters, now = installation.rosters, installation.clock()
    if not rosters.org:
        yield HealthFinding(
            "no-organisation",
            say.NO_ORGANISATION(),
            say.NO_ORGANISATION_NEXT(),
        )
        return
    for item in rosters.unread.values():
        if item.waits_for and not item.may_count:
            yield HealthFinding(
                "roster-unread",
                say.ROSTER_UNREAD(version=item.document.version),
                say.ROSTER_UNREAD_NEXT(file=item.waits_for),
            )
    if unread := roster_unread(rosters):
        yield HealthFinding("roster-awaited", unread.given, unread.told("next") or say.OLD_PICTURE_NEXT())
    if not rosters.founded:
        yield HealthFinding(
            "not-founded",
            say.NOT_FOUNDED(),
            say.NOT_FOUNDED_NEXT(),
        )
        return
    if rosters.rivals:
        yield HealthFinding(
            "rivals",
            say.RIVALS(),
            _who_tells(installation),
        )
    yield from _uncovered(installation)
    newest = rosters.newest
    assert newest is not None  # founded
    for person, role, last in roles_ended(rosters, now.date()):
        yield HealthFinding(
            "role-ended",
            say.ROLE_ENDED(name=rosters.name(person), role=str(role), day=on_day(last)),
            say.ROLE_ENDED_NEXT(),
        )
    if roster_expired(rosters, now.date()):
        yield HealthFinding(
            "roster-expired",
            say.ROSTER_EXPIRED(day=on_day(newest.expires)),
            say.ROSTER_EXPIRED_NEXT(),
        )
    elif newest.expires - now.date() < SOON:
        yield HealthFinding(
            "roster-expires",
            say.ROSTER_EXPIRES(day=on_day(newest.expires)),
            say.ROSTER_EXPIRES_NEXT(),
        )
    known = home.known_on(installation)
    if known and now - known > OLD:
        yield HealthFinding(
            "old-picture",
            say.OLD_PICTURE(day=on_day(known.date())),
            say.OLD_PICTURE_NEXT(),
        )


def _who_tells(installation: Installation) -> Reason:
    rosters = installation.rosters
    if silent := listings.unlisted_in(installation, rosters.settlers):
        return together(listings.nothing_told(silent, rosters), listings.list_to_give(silent, rosters))
    names = _named(rosters, (person for person, _ in rosters.settlers))
    if not names:
        return say.SETTLE()
    return say.TELL_OR_SETTLE(names=names)


def _uncovered(installation: Installation) -> Iterator[HealthFinding]:
    """Versions that nothing protects from a rival, and versions after which nothing will be protected."""
    rosters = installation.rosters
    for item in rosters.uncovered:
        version = item.listed.roster.version
        if silent := listings.unlisted_in(installation, item.keys):
            yield HealthFinding(
                "roster-not-covered",
                say.ROSTER_NOT_COVERED(
                    version=version, before=version - 1, untold=listings.nothing_told(silent, rosters)
                ),
                listings.list_to_give(silent, rosters),
            )
        elif item.keys:
            yield HealthFinding(
                "roster-not-covered",
                say.ROSTER_BY_NO_CHECKPOINT(version=version, before=version - 1),
                say.ROSTER_NOT_COVERED_NEXT(names=_named(rosters, item.people)),
            )
        else:
            yield HealthFinding(
                "roster-cannot-be-covered",
                say.ROSTER_CANNOT_BE_COVERED(before=version - 1, version=version),
                say.ROSTER_CANNOT_BE_COVERED_NEXT(),
            )
    if not recorders(listed.roster for listed in rosters.in_force):
        yield HealthFinding(
            "no-records-team",
            say.NO_RECORDS_TEAM(),
            say.NO_RECORDS_TEAM_NEXT(),
        )


def _named(rosters: RosterHistory, people: Iterable[str]) -> Fact:
    return enumerated(sorted({rosters.name(person) for person in people}))


def _person(installation: Installation, settings: InstallationSettings) -> Iterator[HealthFact]:
    if not settings.person:
        yield say.PERSON(), say.NOBODY_YET()
        return
    mine = home.me(installation, settings.person, settings.key)
    yield say.PERSON(), say.PERSON_WITH(person=mine.person, roles=enumerated(mine.roles) or say.NO_ROLE())
    yield say.KEY(), settings.key or say.NONE()


def _person_findings(
    workspace: Workspace, installation: Installation, settings: InstallationSettings
) -> Iterator[HealthFinding]:
    if not settings.person or not settings.key:
        yield HealthFinding("no-key", say.NO_KEY(), say.NO_KEY_NEXT())
        return
    if not any(item.fingerprint == settings.key and item.path.is_file() for item in workspace.key_files()):
        yield HealthFinding("key-missing", say.KEY_MISSING(), say.KEY_MISSING_NEXT())
    if installation.rosters.founded and not installation.rosters.listed(settings.person, settings.key):
        asked = any(item.fingerprint == settings.key for item in people.enrolments(installation))
        step = say.LIST_IT() if asked else say.ENROL()
        yield HealthFinding("key-not-listed", say.KEY_NOT_LISTED(), step)


def _folder(settings: InstallationSettings) -> tuple[list[HealthFact], list[HealthFinding]]:
    if not settings.folder:
        return [(say.FOLDER(), say.NONE())], []
    health = inspect(Path(settings.folder))
    state = say.FOLDER_USABLE if health.readable and health.writable else say.FOLDER_UNUSABLE
    facts: list[HealthFact] = [(say.FOLDER(), state(folder=settings.folder))]
    if health.synced_by:
        facts.append((say.KEPT_IN_STEP(), health.synced_by))
    if health.free_bytes is not None:
        facts.append((say.FREE_THERE(), say.MEGABYTES(number=health.free_bytes >> 20)))
    findings = []
    if health.trouble:
        trouble = health.trouble
        told = together(trouble.given, trouble.told("why"))
        findings.append(HealthFinding("folder", told, trouble.told("next") or say.FOLDER_IN_HOME_NEXT()))
    if health.inside:
        findings.append(
            HealthFinding(
                "folder-inside",
                say.FOLDER_INSIDE(),
                say.FOLDER_INSIDE_NEXT(),
            )
        )
    return facts, findings


def _attention(installation: Installation) -> Iterator[HealthFinding]:
    queries = installation.register.queries
    alarms = queries.notes(NoteSort.ALARM)
    if alarms:
        yield HealthFinding(
            "alarms",
            say.ALARMS(count=len(alarms), reference=alarms[0].reference, reason=alarms[0].reason),
            say.ALARMS_NEXT(),
        )
    if left := installation.register.to_rejudge:
        yield HealthFinding(
            "out-of-date",
            say.OUT_OF_DATE(count=left),
            say.OUT_OF_DATE_NEXT(),
        )
    refused = installation.register.quarantine.count()
    if refused:
        yield HealthFinding(
            "quarantine",
            say.QUARANTINE(count=refused),
            say.QUARANTINE_NEXT(),
        )
    # Nothing that could arrive helps an act under a late roster: its signer signs again.
    waiting = [item for item in queries.waiting_room() if item.code not in ("Enrolment", "LateRoster")]
    if waiting:
        yield HealthFinding(
            "waiting",
            say.WAITING(count=len(waiting)),
            say.WAITING_NEXT(),
        )
