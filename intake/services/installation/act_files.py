"""The files beside acts of the organisation, without which these cannot be judged: listings, and people of rosters."""

from __future__ import annotations

from intake.domain.acts.checkpoint import MAX_BYTES as MAX_LISTING
from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT, ROSTER
from intake.domain.acts.kinds.roster import MAX_PEOPLE_BYTES as MAX_PEOPLE
from intake.domain.base.refusals import Refusal

LISTING = ".heads"
"""The ending of a checkpoint’s listing: it decides up to where somebody who left office is believed."""

PEOPLE = ".people"
"""The ending of the file of a roster’s people: without it nothing is known of the version that names it."""

FILES = {LISTING: MAX_LISTING, PEOPLE: MAX_PEOPLE}
"""The endings of files that acts of the organisation need beside them, with the bytes each may have."""


def listing_of(act: Act) -> tuple[str, ...]:
    """The SHA-256 of what a checkpoint lists; nothing for any other act, and for one that cannot be read."""
    try:
        return (CHECKPOINT.read(act).heads.sha256,) if act.kind == CHECKPOINT.name else ()
    except Refusal:
        return ()


def people_of(act: Act) -> tuple[str, ...]:
    """The SHA-256 of the file of a roster's people; nothing for any other act, and for one that names no such file."""
    try:
        return (ROSTER.read(act).people.sha256,) if act.kind == ROSTER.name else ()
    except Refusal:
        return ()


def needed_by(act: Act) -> tuple[tuple[str, str], ...]:
    """The files (ending, SHA-256) without which an act of the organisation cannot be judged."""
    return (*((LISTING, name) for name in listing_of(act)), *((PEOPLE, name) for name in people_of(act)))
