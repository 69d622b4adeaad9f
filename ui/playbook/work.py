"""The jobs of the playbook page: what is in use, checking a folder, accepting what was checked, a folder to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from intake.files import not_written, write_whole
from ui.jobs import Task
from ui.signing_job import Identity, identity

if TYPE_CHECKING:
    from intake.domain.playbook.whole import Playbook
    from intake.services.installation.workspace import Seat
    from intake.services.organisation.people import Change
    from intake.services.organisation.playbook_folder import Checked

EXAMPLE = "playbook/overlay-example"


@dataclass(frozen=True, slots=True)
class InUse:
    """The playbook new requests are asked by, and whether the person at this seat may accept another one."""

    me: Identity
    may: bool
    version: int
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a check of a folder gave.

    ``known`` is whether the organisation accepts exactly this playbook already, ``waits`` whether a version that would
    accept it still waits for administrators: another one beside it would be its rival.
    """

    folder: Path
    checked: Checked
    known: bool
    waits: bool


def look(_: Task, seat: Seat) -> InUse:
    from intake.domain.organisation.roster import Role

    rosters, current = seat.desk.rosters, seat.desk.shelf.current
    me = identity(seat)
    may = me.ready and rosters.holds(me.person, Role.ADMINISTRATOR) and not rosters.rivals
    newest = rosters.newest
    return InUse(me, may, newest.version if newest else 0, named(current), current.digest)


def check(task: Task, seat: Seat, folder: Path) -> Found:
    """Read a folder once and say what is wrong in it, or what it would change."""
    import resources
    from intake.services.installation import playbook_files
    from intake.services.organisation import playbook_folder, playbooks

    task.progress(0, 0, folder.name)
    own = playbook_folder.files_in(folder)
    task.check()
    core = playbook_files.core_files(resources.read, resources.names)
    found = playbook_folder.checked(core, own, against=seat.desk.shelf.current)
    digest = found.playbook.digest if found.playbook is not None else ""
    waits = any(item.digest == digest for item in playbooks.waiting(seat.desk))
    return Found(folder, found, seat.desk.shelf.accepts(digest), waits)


def may_accept(_: Task, seat: Seat, playbook: Playbook) -> None:
    """Raises what stands against accepting it, before a passphrase is asked for."""
    from intake.services.organisation import people, playbooks

    people.require_publishable(seat.desk, playbooks.to_accept(seat.desk, seat.person, playbook))


def accept(task: Task, seat: Seat, passphrase: str, playbook: Playbook) -> Change:
    from intake.services.organisation import playbooks

    change = playbooks.accept(seat.desk, seat.signer(passphrase), playbook)
    seat.desk.register.rejudge(progress=task.progress)
    return change


def save_example(_: Task, __: Seat, folder: Path) -> Path:
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
