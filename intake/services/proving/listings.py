"""What checkpoints list, where it is not here: which of them could say something, and who has to give the list.

A checkpoint names its list by digest and the list travels beside it, so one can be here without the other. It says nothing
then, about anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import CHECKPOINT
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Sentence, listed, on_day, words
from intake.domain.organisation.history import RosterHistory
from intake.domain.organisation.rivals import Keys
from intake.services.installation.act_files import LISTING, listing_of

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


_UNTOLD = Sentence(
    "CheckpointsUntold",
    "{names} of the records team signed {count} checkpoints that may tell, but what they list is not here.",
    one="{names} of the records team signed a checkpoint that may tell, but what it lists is not here.",
)
_TO_GIVE = Sentence(
    "CheckpointListToGive",
    "Fetch it from the exchange, or ask {name} for what the checkpoint of {day} lists (as a file: {file}).",
)


def unlisted(checkpoints: Iterable[Act], keys: Keys, here: Callable[[str], bool]) -> tuple[Act, ...]:
    """The checkpoints by one of ``keys`` whose list is not ``here`` (asked by its SHA-256), in the order of their time."""
    found = (act for act in checkpoints if (act.person, act.signer) in keys)
    return tuple(
        sorted((act for act in found if not all(map(here, listing_of(act)))), key=lambda act: (act.at, act.id))
    )


def unlisted_in(installation: Installation, keys: Keys) -> tuple[Act, ...]:
    """As ``unlisted``, of those this register has."""
    queries = installation.register.queries
    return unlisted(queries.organisation_acts(CHECKPOINT.name), keys, lambda name: bool(queries.blobs_among((name,))))


def nothing_told(acts: Iterable[Act], rosters: RosterHistory) -> Reason:
    """That these checkpoints may tell something and do not, in one sentence."""
    found = tuple(acts)
    return _UNTOLD(names=listed(sorted({rosters.name(act.person) for act in found})), count=len(found))


def list_to_give(acts: Iterable[Act], rosters: RosterHistory) -> Reason:
    """Who has to give what, in one sentence: the newest list will do, for a later one lists what an earlier one did."""
    newest = max(acts, key=lambda act: (act.at, act.id))
    name = next(iter(listing_of(newest)), "")
    return _TO_GIVE(name=rosters.name(newest.person), day=on_day(newest.at.date()), file=f"{name}{LISTING}")


def untold(acts: Iterable[Act], rosters: RosterHistory) -> str:
    """``nothing_told`` in words, for the terminal."""
    return words(nothing_told(acts, rosters))


def to_give(acts: Iterable[Act], rosters: RosterHistory) -> str:
    """``list_to_give`` in words, for the terminal."""
    return words(list_to_give(acts, rosters))
