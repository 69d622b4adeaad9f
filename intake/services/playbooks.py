"""The playbooks of an organisation: which are accepted, which one is in use, and accepting another one.

Accepting is a roster version like any other: it counts when a majority of the administrators endorsed it, and from then
on the playbook travels with it to every installation.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain import roster_changes
from intake.domain.playbook import Playbook, to_blob
from intake.domain.playbook_accepted import accepted
from intake.domain.refusals import Refusal
from intake.services import people
from intake.services.desk import Desk, Signer
from intake.services.pen import Pen
from intake.services.people import Change


class AlreadyAccepted(Refusal):
    what = "The roster already accepts “{title}” exactly as it is here."
    why = "A playbook is named by its content, so accepting it again would change nothing."
    next = "Look at what is accepted with: countersign playbook show."


@dataclass(frozen=True, slots=True)
class Known:
    """A playbook by its digest. ``since`` is the roster version that took it up (0: none did).

    ``playbook`` is None while it has not arrived here or cannot be read by this version of the app.
    """

    digest: str
    since: int
    playbook: Playbook | None
    current: bool
    core: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A playbook (None while it is not here) that the roster version ``roster`` (an act id) would accept."""

    roster: str
    digest: str
    playbook: Playbook | None


def known(desk: Desk) -> tuple[Known, ...]:
    """Every accepted playbook, the newest first, and the core the app brings, whether it is accepted or not."""
    since = accepted(desk.rosters)
    current, core = desk.shelf.current.digest, desk.shelf.core.digest
    order = sorted(since, key=lambda digest: (digest != current, -since[digest], digest))
    names = [*order, *(() if core in since else (core,))]
    return tuple(
        Known(digest, since.get(digest, 0), _here(desk, digest), digest == current, digest == core) for digest in names
    )


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The playbooks that roster versions which do not count yet would accept as well, for those who are to endorse."""
    since = accepted(desk.rosters)
    return tuple(
        Waiting(item.listed.id, digest, _here(desk, digest))
        for item in desk.rosters.pending
        for digest in item.listed.roster.playbooks
        if digest not in since
    )


def accept(desk: Desk, signer: Signer, playbook: Playbook) -> Change:
    """Write and endorse the next roster version, which accepts ``playbook`` as well.

    Raises AlreadyAccepted, people.NotFounded or people.NotAnAdministrator.
    """
    current = people.in_force(desk, signer)
    before = current.roster.playbooks
    if playbook.digest in before:
        raise AlreadyAccepted(title=playbook.title)
    # A roster that named none relied on the core: it must not stop counting because something was added.
    core = () if before else (desk.shelf.core.digest,)
    pen = Pen(desk, signer)
    pen.attach(to_blob(playbook), "playbook.json", "application/json")
    document = roster_changes.accepting_playbooks(roster_changes.following(current), playbook.digest, *core)
    return people.publish(desk, signer, document, pen)


def _here(desk: Desk, digest: str) -> Playbook | None:
    try:
        return desk.playbook(digest)
    except Refusal:
        return None  # it has not arrived, or it was written for a later version of the app
