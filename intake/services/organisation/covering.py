"""Checkpoints that decide which roster is in force: who is asked for one, and telling between rivals.

Until the records team of version N has covered version N+1, a majority of the administrators of N can undo it. So its
checkpoint is asked for as soon as the version counts.
"""

from __future__ import annotations

from intake.domain.acts.checkpoint import write_heads
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT
from intake.domain.acts.kinds.checkpoint import CheckpointBody
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, enumerated
from intake.domain.organisation.rivals import Uncovered
from intake.domain.organisation.settling import settling_heads
from intake.services.installation.act_writer import ActWriter
from intake.services.installation.installation import APP, Installation, PersonWithKey
from intake.services.organisation.people import NoRivals, UnknownRoster
from intake.services.organisation.unread_rosters import require_people_read
from intake.trust.acts import VerifiedAct

_UNSIGNED = "0" * 64
"""The placeholder for the id of a checkpoint before it is signed."""


_NOBODY = Caption("Nobody", "nobody")


class NotRecordsBefore(Refusal):
    what = "You cannot tell between these rosters."
    why = "Only the records team of the version before them can, with the key that version lists: {names}."
    next = "Ask one of them, or ask the administrators to settle it with a version that names both."


class NothingTells(Refusal):
    what = "No checkpoint of yours can tell between these rosters."
    why = "Another checkpoint of the records team speaks for the other version, so one more decides nothing."
    next = "The administrators settle it with a version that names both."


def asked_of(installation: Installation, person: str, fingerprint: str) -> tuple[Uncovered, ...]:
    """The versions in force or before it that a checkpoint of this key would cover, oldest first."""
    return tuple(item for item in installation.rosters.uncovered if (person, fingerprint) in item.keys)


def tell(installation: Installation, signer: PersonWithKey, roster: str) -> VerifiedAct:
    """Sign a checkpoint that covers one of the rivals and not the others: that one is in force then.

    It lists everything known here but what the others need to count. Raises NoRivals, RosterUnread, UnknownRoster,
    NotRecordsBefore or NothingTells.
    """
    rosters = installation.rosters
    if not rosters.rivals:
        raise NoRivals
    require_people_read(rosters)
    if roster not in {item.id for item in rosters.in_force}:
        raise UnknownRoster
    if (signer.person, signer.key.fingerprint) not in rosters.settlers:
        names = sorted({rosters.name(person) for person, _ in rosters.settlers})
        raise NotRecordsBefore(names=enumerated(names) or _NOBODY())
    queries = installation.register.queries
    acts = queries.acts("")
    trial = Act(
        _UNSIGNED, rosters.org, CHECKPOINT.name, "", "", 1, "", (), "", signer.person, signer.key.fingerprint,
        installation.clock(), APP, {},
    )  # fmt: skip
    heads = queries.roster_input().heads
    entries = settling_heads(rosters.org, acts, heads, installation.register.people, roster, trial)
    if entries is None:
        raise NothingTells
    writer = ActWriter(installation, signer, roster)
    listing = writer.attach(
        write_heads([*(item for item in queries.heads() if item.case), *entries]), "heads.json", "application/json"
    )
    writer.write(CHECKPOINT, CheckpointBody(listing, None))
    return writer.store()[-1]
