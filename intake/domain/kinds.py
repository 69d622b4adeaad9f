"""How much a kind of act matters, told by its name alone, so that an older program and a newer one agree on it.

A kind whose name begins with ``note-`` never does anything to its case or organisation, in this version or any later
one: it is kept, passed on and shown. That is why a program that does not know it need not stop. Any other kind a
program does not know may bind, and blocks new approvals when somebody with a say signed it (rule R4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.acts import KINDS, Kind

NOTE = "note-"


class Effect(StrEnum):
    """What an act of a kind may do to what it belongs to."""

    NONE = "none"
    """It is read by people; nothing is computed from it."""
    REVISES = "revises"
    SPEAKS = "speaks"
    CLOSES = "closes"
    SEALS = "seals"
    RULES = "rules"
    """It says who may do what, or up to where that is believed."""
    PROVES = "proves"
    """It proves a key, or what its signer has read."""


@dataclass(frozen=True, slots=True)
class KnownKind:
    """A kind this version understands. Raises ValueError for a note that has an effect."""

    kind: str
    effect: Effect

    def __post_init__(self) -> None:
        if is_note(self.kind) and self.effect is not Effect.NONE:
            raise ValueError(
                f"{self.kind} is a note, older programs pass it by, so it cannot be one that {self.effect}"
            )


def is_note(kind: str) -> bool:
    """Whether acts of this kind never do anything, known here or not."""
    return kind.startswith(NOTE)


def is_strange(kind: str) -> bool:
    """Whether a later version may have given acts of this kind an effect that is not understood here."""
    return kind not in KINDS and not is_note(kind)


def effect_of(kind: str) -> Effect:
    """What acts of this kind do here; nothing, when it is not known."""
    return EFFECTS.get(kind, Effect.NONE)


def known(kinds: Iterable[KnownKind]) -> Mapping[str, Effect]:
    """The effects by kind. Raises ValueError for a kind that is listed twice."""
    found: dict[str, Effect] = {}
    for item in kinds:
        if item.kind in found:
            raise ValueError(f"{item.kind} is listed twice")
        found[item.kind] = item.effect
    return found


EFFECTS = known(
    (
        KnownKind(Kind.ROSTER, Effect.RULES),
        KnownKind(Kind.ROSTER_ENDORSE, Effect.RULES),
        KnownKind(Kind.CHECKPOINT, Effect.RULES),
        KnownKind(Kind.ENROL, Effect.PROVES),
        KnownKind(Kind.TRAINING, Effect.PROVES),
        KnownKind(Kind.REVISION, Effect.REVISES),
        KnownKind(Kind.OPINION, Effect.SPEAKS),
        KnownKind(Kind.WITHDRAW, Effect.CLOSES),
        KnownKind(Kind.SEALED, Effect.SEALS),
        KnownKind(Kind.COMMENT, Effect.NONE),
    )
)
