"""The jobs of the first steps: keys, enrolling, founding, joining. Everything heavy is imported inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.causes import cause
from intake.domain.base.canonical import sha256
from intake.domain.base.refusals import Refusal
from intake.domain.organisation.roster import Role
from intake.files import write_whole
from intake.reading import read_file
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.domain.organisation.exchange_rule import Reading
    from intake.services.exchanging.inviting import InvitationRead
    from intake.services.installation.workspace import Session
    from intake.services.organisation.people import Enrolment
    from ui.start.key_form import KeyWanted


class NoOrganisationThere(Refusal):
    what = "No organisation was found in “{name}”."
    why = "Its first roster must be there: it is what everybody compares."
    next = "Ask an administrator for the right folder or package. Your enrolment and your drafts are kept."


MAX_BROUGHT = 4 << 20
"""Bytes of a key file or a single act; either has a hundredth of it."""


class FileNotRead(Refusal):
    what = "“{name}” could not be read: {detail}."
    why = "Only a file that can be read whole can be used."
    next = "Check that it is still there and that you may open it."


class NobodyEnrolled(Refusal):
    what = "There is no enrolment of yours here yet."
    why = "Others list you by the enrolment you signed."
    next = "Make your key first."


@dataclass(frozen=True, slots=True)
class FirstStepsState:
    """How far this installation is; every step is shown or done by these values, so the first steps can be left at any time.

    ``mine`` is the own enrolment with the key in use; ``signed`` and ``missing`` are names of administrators of the
    roster that waits; ``to_endorse`` counts versions that wait for this person. ``note`` says what to know of the days of the key.
    """

    person: str
    key: str
    words: str
    note: str
    mine: Enrolment | None
    enrolments: tuple[Enrolment, ...]
    org: str
    org_words: str
    organisation: str
    founded: bool
    listed: bool
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    to_endorse: int
    folder: str


@dataclass(frozen=True, slots=True)
class OrganisationsFound:
    """Organisations (id and words) that a folder or package brings; ``invitation`` is what it says, if it is one."""

    path: Path
    organisations: tuple[tuple[str, str], ...]
    invitation: InvitationRead | None = None


@dataclass(frozen=True, slots=True)
class JoinBy:
    """An argument of ``go("start", …)``: join by this package or folder."""

    path: Path


def look(_: JobTask, session: Session) -> FirstStepsState:
    from intake.domain.base.wording import words
    from intake.domain.base.words import spoken
    from intake.services.lists import home
    from intake.services.organisation import people

    installation, settings = session.installation, session.settings
    enrolled = people.enrolments(installation)
    rosters = installation.rosters
    names = {item.person: item.name for item in enrolled}
    waiting = next((item for item in rosters.pending if item.listed.id == rosters.org), None)
    newest = rosters.newest or (waiting.listed.roster if waiting else None)
    agreement = waiting.agreement if waiting else None
    return FirstStepsState(
        person=settings.person,
        key=settings.key,
        words=spoken(settings.key) if settings.key else "",
        note=next((words(item.note) for item in session.workspace.key_files() if item.fingerprint == settings.key), ""),
        mine=next((item for item in enrolled if item.fingerprint == settings.key), None),
        enrolments=enrolled,
        org=rosters.org,
        org_words=spoken(rosters.org) if rosters.org else "",
        organisation=newest.organisation if newest else "",
        founded=rosters.founded,
        listed=rosters.listed(settings.person, settings.key),
        signed=tuple(sorted(names.get(item, item) for item in agreement.signed)) if agreement else (),
        missing=tuple(sorted(names.get(item, item) for item in agreement.missing)) if agreement else (),
        to_endorse=len(home.endorsable(installation, settings.person)),
        folder=settings.folder,
    )


def make_key(_: JobTask, session: Session, wanted: KeyWanted) -> str:
    """Make a key (or keep the one that was brought), use it from now on and enrol with it; gives the act id."""
    from intake.services.organisation import people

    workspace = session.workspace
    if wanted.brought:
        key = workspace.bring_key(_read(Path(wanted.brought)), wanted.passphrase)
    else:
        key = workspace.make_key(wanted.name, wanted.passphrase)
    workspace.change_settings(person=wanted.person, key=key.fingerprint)
    # Opened once more, for with it comes the key that decrypts, which is enrolled beside it.
    return people.enrol(
        session.installation, session.signer(wanted.passphrase), name=wanted.name, unit=wanted.unit
    ).act.id


def enrol(_: JobTask, session: Session, wanted: KeyWanted) -> str:
    """Enrol with the key that is here already; gives the act id."""
    from intake.services.organisation import people

    return people.enrol(
        session.installation, session.signer(wanted.passphrase), name=wanted.name, unit=wanted.unit
    ).act.id


def save_enrolment(task: JobTask, session: Session, target: Path) -> Path:
    """Write the own enrolment as a file to send. Raises NobodyEnrolled or NotWritten."""
    from intake.services.exchanging import delivery
    from intake.services.lists import files

    mine = look(task, session).mine
    blob = files.signed_act(session.installation, mine.act) if mine else None
    if blob is None:
        raise NobodyEnrolled
    written = write_whole(target, blob)
    delivery.note_handed_over(session.installation, [sha256(blob)], target.name)
    return written


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What came of files that were sent: plain sentences, and the refusals of those that were not imported."""

    said: tuple[str, ...]
    refused: tuple[Refusal, ...]


def import_files(task: JobTask, session: Session, paths: Sequence[Path]) -> BroughtIn:
    """Import acts and packages that somebody sent. A bad one does not stop the others."""
    from intake.services.exchanging import exchanging
    from ui.exchange import importing

    done = importing.import_files(task, session, paths)
    # Before there is an organisation everything waits for it; that is no news to the person who sets it up.
    founded = exchanging.has_organisation(session.installation)
    said = (line for report in done.reports for line in report.summary) if founded else ()
    return BroughtIn(tuple(dict.fromkeys(said)), done.refused)


def exchange(task: JobTask, session: Session, folder: str) -> tuple[str, ...]:
    """Use this exchange folder from now on, and send and fetch once."""
    from intake.services.exchanging.folder_exchange import FolderExchange

    session.workspace.change_settings(folder=folder)
    run = FolderExchange(session.installation, Path(folder)).run(progress=task.progress, cancelled=task.is_cancelled)
    return run.summary


def find_organisations(_: JobTask, session: Session, path: Path) -> OrganisationsFound:
    """The organisations of a folder or package. Raises NoOrganisationThere or a refusal of the folder or package."""
    from intake.domain.base.words import spoken
    from intake.services.exchanging import choosing, exchanging, inviting

    try:
        if path.is_dir():
            found = choosing.organisations_at(path)
        elif (invitation := inviting.read_invitation(session.installation, path)) is not None:
            return OrganisationsFound(path, ((invitation.org, invitation.words),), invitation)
        else:
            found = exchanging.founding_roster(path)
    except OSError as error:
        raise FileNotRead(name=path.name, detail=cause(error, reading=True)) from None
    if not found:
        raise NoOrganisationThere(name=path.name)
    return OrganisationsFound(path, tuple((org, spoken(org)) for org in found))


def join(task: JobTask, session: Session, org: str, path: Path) -> tuple[str, ...]:
    """Join an organisation whose words were compared, and import what the folder or package holds."""
    from intake.services.exchanging import exchanging

    exchanging.join(session.installation, org)
    if path.is_dir():
        return exchange(task, session, str(path))
    return exchanging.import_package(session.installation, path, cancelled=task.is_cancelled).summary


def found_organisation(
    _: JobTask,
    session: Session,
    passphrase: str,
    organisation: str,
    people: Sequence[tuple[str, tuple[Role, ...]]],
    reading: Reading,
) -> str:
    """Write and endorse version 1; gives the id of the organisation."""
    from intake.services.organisation import people as service

    signer = session.signer(passphrase)
    return service.found_organisation(session.installation, signer, organisation, people, reading=reading).roster


def _read(path: Path) -> bytes:
    try:
        return read_file(path, MAX_BROUGHT)
    except (OSError, ValueError) as error:
        raise FileNotRead(name=path.name, detail=cause(error, reading=True)) from None
