"""The four tiers of a use case, from least to most risk."""

from __future__ import annotations

from enum import StrEnum


class Tier(StrEnum):
    """How much an AI use case can harm, from least to most."""

    MINIMAL = "minimal"
    LIMITED = "limited"
    HIGH = "high"
    PROHIBITED = "prohibited"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {tier: rank for rank, tier in enumerate(Tier)}
