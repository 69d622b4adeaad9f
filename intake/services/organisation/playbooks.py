"""The playbooks of an organisation: which are accepted, which one is in use, and accepting another one.

Accepting is a roster version like any other: it counts when a majority of the administrators endorsed it, and from then
on the playbook travels with it to every installation.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.refusals import Refusal
from intake.domain.organisation import changes
from intake.domain.organisation.accepted_playbooks import accepted, engine_for
from intake.domain.organisation.roster import Roster
from intake.domain.playbook.whole import Playbook
from intake.services.installation.installation import Desk, Signer
from intake.services.organisation import people
from intake.services.organisation.people import Change


class AlreadyAccepted(Refusal):
    what = "The roster already accepts “{title}” exactly as it is here."
    why = "A playbook is named by its content, so accepting it again would change nothing."
    next = "Look at what is accepted with: countersign playbook show."


@dataclass(frozen=True, slots=True)
class Known:
    """A playbook by its digest. ``since`` is the roster version that took it up (0: none did).

    ``playbook`` is None while it has not arrived here or cannot be read by this version of the app. ``engine`` judges by
    it; ``needs_newer`` says that only a newer version of the app has that engine.
    """

    digest: str
    since: int
    playbook: Playbook | None
    current: bool
    core: bool
    engine: int
    needs_newer: bool


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
    return tuple(_known(desk, digest, since.get(digest, 0)) for digest in names)


def waiting(desk: Desk) -> tuple[Waiting, ...]:
    """The playbooks that roster versions which do not count yet would accept as well, for those who are to endorse."""
    since = accepted(desk.rosters)
    return tuple(
        Waiting(item.listed.id, digest, _here(desk, digest))
        for item in desk.rosters.pending
        for digest in (entry.sha256 for entry in item.listed.roster.playbooks)
        if digest not in since
    )


def accept(desk: Desk, signer: Signer, playbook: Playbook) -> Change:
    """Write and endorse the next roster version, which accepts ``playbook`` as well.

    Raises what ``to_accept`` and ``people.publish`` raise.
    """
    return people.publish_accepting(desk, signer, to_accept(desk, signer.person, playbook), playbook)


def to_accept(desk: Desk, author: str, playbook: Playbook) -> Roster:
    """The next version, to which ``playbook`` is added. Raises AlreadyAccepted, NotFounded or NotAnAdministrator."""
    current = people.in_force(desk, author)
    if current.roster.playbook(playbook.digest):
        raise AlreadyAccepted(title=playbook.title)
    return changes.following(current)


def _known(desk: Desk, digest: str, since: int) -> Known:
    current, core = desk.shelf.current.digest, desk.shelf.core.digest
    engine = engine_for(desk.rosters, digest) or max(desk.capabilities.engines)
    return Known(
        digest,
        since,
        _here(desk, digest),
        digest == current,
        digest == core,
        engine,
        engine not in desk.capabilities.engines,
    )


def _here(desk: Desk, digest: str) -> Playbook | None:
    try:
        return desk.playbook(digest)
    except Refusal:
        return None  # it has not arrived, or it was written for a later version of the app
