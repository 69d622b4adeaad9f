"""How an organisation exchanges: a rule in the policy of its roster.

It is signed, so nobody who has the folder can make others send what everybody can read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake.domain.organisation.history import RosterHistory

EXCHANGE_RULE = "exchange.readers"
"""The rule that says it, by the value of a ``Reading``. Without the rule an exchange is open."""


class Reading(StrEnum):
    """Who can read what travels."""

    CONFIDENTIAL = "confidential"
    """Those who need a use case, and for what makes the organisation everybody it lists."""
    OPEN = "open"
    """Everybody who has the folder or the file."""


def exchanges_confidentially(history: RosterHistory) -> bool:
    """What the roster in force says; of rivals it is enough that one of them asks for it."""
    return any(listed.roster.policy.get(EXCHANGE_RULE) == Reading.CONFIDENTIAL for listed in history.in_force)
