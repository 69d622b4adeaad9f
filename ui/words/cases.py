"""The words for values of the domain, in one place, so that every screen says the same: phase, tier, stage, turn, role.

Values that are not known here, such as those of a newer version, are shown as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from ui.texts import Texts
from ui.theme import Tone
from ui.words.ring import Half, RingState


def phase_words(phase: str) -> str:
    """Where the newest revision stands."""
    return {
        "review": ValueTexts.tr("In review"),
        "countersign": ValueTexts.tr("One office signed"),
        "terms-differ": ValueTexts.tr("Terms differ"),
        "changes-requested": ValueTexts.tr("Changes asked for"),
        "declined": ValueTexts.tr("Declined"),
        "decided": ValueTexts.tr("Decided"),
        "paused": ValueTexts.tr("Paused"),
        "contested": ValueTexts.tr("To be confirmed"),
        "conflict": ValueTexts.tr("Two revisions"),
        "held": ValueTexts.tr("Held"),
        "withdrawn": ValueTexts.tr("Withdrawn"),
    }.get(phase, phase)


def tier_words(tier: str) -> str:
    return {
        "minimal": ValueTexts.tr("Minimal"),
        "limited": ValueTexts.tr("Limited"),
        "high": ValueTexts.tr("High"),
        "prohibited": ValueTexts.tr("Prohibited"),
    }.get(tier, tier or ValueTexts.tr("Not known"))


def tier_tone(tier: str) -> Tone:
    return {"minimal": Tone.GOOD, "limited": Tone.INFO, "high": Tone.WARN, "prohibited": Tone.BAD}.get(
        tier, Tone.NEUTRAL
    )


def stage_words(stage: str) -> str:
    return {
        "idea": ValueTexts.tr("Idea"),
        "pilot": ValueTexts.tr("Pilot"),
        "scaled": ValueTexts.tr("Scaled"),
        "retired": ValueTexts.tr("Retired"),
    }.get(stage, stage)


def turn_words(turn: Sequence[str]) -> str:
    """Whose move it is; nothing when nobody has to do anything."""
    if not turn:
        return ""
    if tuple(turn) == ("cio", "ciso"):
        return ValueTexts.tr("Both offices to sign")
    names = {
        "owner": ValueTexts.tr("Owner’s turn"),
        "cio": ValueTexts.tr("CIO’s turn"),
        "ciso": ValueTexts.tr("CISO’s turn"),
        "records": ValueTexts.tr("Records’ turn"),
    }
    return ", ".join(names.get(item, item) for item in turn)


def role_words(role: str) -> str:
    return {
        "administrator": ValueTexts.tr("Administrator"),
        "cio": ValueTexts.tr("CIO"),
        "ciso": ValueTexts.tr("CISO"),
        "owner": ValueTexts.tr("Business owner"),
        "records": ValueTexts.tr("Records"),
        "auditor": ValueTexts.tr("Auditor"),
    }.get(role, ValueTexts.tr("a role of a newer version: {role}").format(role=role))


def use_words(use: str) -> str:
    """What a key is for, when it is not for signing; else empty."""
    known = {"sign": "", "decrypt": ValueTexts.tr("for decrypting, not for signing")}
    return known.get(use, ValueTexts.tr("for a use of a newer version: {use}").format(use=use))


def half(position: str) -> Half:
    """One half of the ring from the state of an office in a register row."""
    return {"approve": Half.FILLED, "decline": Half.DECLINED, "changes": Half.CHANGES}.get(position, Half.OPEN)


def ring(cio: str, ciso: str) -> RingState:
    return RingState(cio=half(cio), ciso=half(ciso))


class ValueTexts(Texts):
    pass
