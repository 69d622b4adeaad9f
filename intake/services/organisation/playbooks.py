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
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import people, telling
from intake.services.organisation.people import RosterChange


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
class WaitingPlaybook:
    """A playbook (None while it is not here) that the roster version ``roster`` (an act id) would accept."""

    roster: str
    digest: str
    playbook: Playbook | None


def known(installation: Installation) -> tuple[Known, ...]:
    """Every accepted playbook, the newest first, and the core the app brings, whether it is accepted or not."""
    since = accepted(installation.rosters)
    current, core = installation.shelf.current.digest, installation.shelf.core.digest
    order = sorted(since, key=lambda digest: (digest != current, -since[digest], digest))
    names = [*order, *(() if core in since else (core,))]
    return tuple(_known(installation, digest, since.get(digest, 0)) for digest in names)


def waiting(installation: Installation) -> tuple[WaitingPlaybook, ...]:
    """The playbooks that roster versions which do not count yet would accept as well, for those who are to endorse."""
    since = accepted(installation.rosters)
    return tuple(
        WaitingPlaybook(item.listed.id, digest, _here(installation, digest))
        for item in installation.rosters.pending
        for digest in (entry.sha256 for entry in item.listed.roster.playbooks)
        if digest not in since
    )


def accept(installation: Installation, signer: PersonWithKey, playbook: Playbook) -> RosterChange:
    """Write and endorse the next roster version, which accepts ``playbook`` as well.

    Raises what ``to_accept`` and ``people.publish`` raise.
    """
    return people.publish_accepting(installation, signer, to_accept(installation, signer.person, playbook), playbook)


def to_accept(installation: Installation, author: str, playbook: Playbook) -> Roster:
    """The next version, to which ``playbook`` is added. Raises AlreadyAccepted, PlaybookWeaker, NotFounded or NotAnAdministrator."""
    current = people.in_force(installation, author)
    telling.require_strict(installation, playbook)
    if current.roster.playbook(playbook.digest):
        raise AlreadyAccepted(title=playbook.title)
    return changes.following(current)


def _known(installation: Installation, digest: str, since: int) -> Known:
    current, core = installation.shelf.current.digest, installation.shelf.core.digest
    engine = engine_for(installation.rosters, digest) or max(installation.capabilities.engines)
    return Known(
        digest,
        since,
        _here(installation, digest),
        digest == current,
        digest == core,
        engine,
        engine not in installation.capabilities.engines,
    )


def _here(installation: Installation, digest: str) -> Playbook | None:
    try:
        return installation.playbook(digest)
    except Refusal:
        return None  # it has not arrived, or it was written for a later version of the app
