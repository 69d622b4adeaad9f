"""The jobs of the playbook page: what is in use, checking a folder, accepting what was checked, a folder to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.files import not_written, write_whole
from ui.jobs import JobTask
from ui.signing_job import Identity, identity

if TYPE_CHECKING:
    from intake.domain.playbook.whole import Playbook
    from intake.services.installation.workspace import Session
    from intake.services.organisation.people import RosterChange
    from intake.services.organisation.playbook_folder import Checked

EXAMPLE = "playbook/overlay-example"


@dataclass(frozen=True, slots=True)
class CurrentPlaybook:
    """The playbook new use cases are asked by, and whether the person at this session may accept another one."""

    me: Identity
    may: bool
    version: int
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """What a check of a folder gave.

    ``known`` is whether the organisation accepts exactly this playbook already, ``waits`` whether a version that would
    accept it still waits for administrators: another one beside it would be its rival.
    """

    folder: Path
    checked: Checked
    known: bool
    waits: bool


def look(_: JobTask, session: Session) -> CurrentPlaybook:
    from intake.domain.organisation.roster import Role

    rosters, current = session.installation.rosters, session.installation.shelf.current
    me = identity(session)
    may = me.ready and rosters.holds(me.person, Role.ADMINISTRATOR) and not rosters.rivals
    newest = rosters.newest
    return CurrentPlaybook(me, may, newest.version if newest else 0, named(current), current.digest)


def check(task: JobTask, session: Session, folder: Path) -> FolderCheck:
    """Read a folder once and say what is wrong in it, or what it would change."""
    import resources
    from intake.services.installation import playbook_files
    from intake.services.organisation import playbook_folder, playbooks

    task.progress(0, 0, folder.name)
    own = playbook_folder.files_in(folder)
    task.check()
    core = playbook_files.core_files(resources.read, resources.names)
    found = playbook_folder.checked(core, own, against=session.installation.shelf.current)
    digest = found.playbook.digest if found.playbook is not None else ""
    waits = any(item.digest == digest for item in playbooks.waiting(session.installation))
    return FolderCheck(folder, found, session.installation.shelf.accepts(digest), waits)


def may_accept(_: JobTask, session: Session, playbook: Playbook) -> None:
    """Raises the refusal to accept it, before a passphrase is asked for."""
    from intake.services.organisation import people, playbooks

    people.require_publishable(
        session.installation, playbooks.to_accept(session.installation, session.person, playbook)
    )


def accept(task: JobTask, session: Session, passphrase: str, playbook: Playbook) -> RosterChange:
    from intake.services.organisation import playbooks
    from intake.services.upkeep import keeping

    change = playbooks.accept(session.installation, session.signer(passphrase), playbook)
    keeping.rejudge(session.installation, progress=task.progress)
    return change


def save_example(_: JobTask, __: Session, folder: Path) -> Path:
    """Copy the overlay of the help page to begin with, into a folder made for it. Raises NotWritten."""
    import resources

    made = folder / "playbook-example"
    with not_written(made):
        made.mkdir()
    for name in resources.names(EXAMPLE):
        write_whole(made / name.rsplit("/", 1)[-1], resources.read(name))
    return made


def named(playbook: Playbook) -> str:
    return f"{playbook.title} ({playbook.version})"
