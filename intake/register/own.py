"""Storing what was signed here: only in the place it was signed for, and only while what it rests on is still so.

Signing takes seconds (pages, a key, perhaps a timestamp) and holds no lock meanwhile. So what was read before it is read
again within the transaction that stores: of two programs on one home that sign at once, one stores and one is refused.
Acts from elsewhere are not asked this; what their authors had seen is for the fold to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from intake.register.refusals import PlaceTaken
from intake.register.store import drafts, unsigned
from intake.register.store.installation import newest_of
from intake.register.store.unsigned import SignedParts
from intake.trust.acts import VerifiedAct


@dataclass(frozen=True, slots=True)
class Own:
    """Tells ``Register.append`` that the acts were signed here, and what goes with them in the same transaction.

    ``still`` is asked first and raises a refusal when what was looked at is no longer so; what it reads is what the
    transaction sees. ``founds`` is the id of the first roster to join by, ``draft`` the draft that has become a revision,
    ``signed`` what was written of an opinion or a comment and is signed by it.
    """

    still: Callable[[], None] = lambda: None
    founds: str = ""
    draft: str = ""
    signed: SignedParts | None = None

    def finish(self, connection: Connection, at: datetime) -> None:
        """Take away what became an act, in the transaction that stores it. Raises NoSuchDraft."""
        if self.draft:
            drafts.finish(connection, self.draft)
        if self.signed:
            unsigned.finish(connection, self.signed, at.isoformat())


def require_places(connection: Connection, stream: str, acts: Iterable[VerifiedAct]) -> None:
    """Raises PlaceTaken unless each act follows the newest stored one of its stream, or one before it in ``acts``.

    Numbers may be skipped: those that were given out and not used stay unused.
    """
    tips: dict[tuple[str, str], tuple[int, str]] = {}
    for item in acts:
        act = item.act
        key = (act.signer, act.case_id)
        seq, newest = tips.get(key) or newest_of(connection, stream, *key)
        if act.stream != stream or act.prev != newest or act.seq <= seq:
            raise PlaceTaken
        tips[key] = (act.seq, act.id)
