"""The words for values of the domain, in one place, so that every screen says the same: phase, tier, stage, turn, role.

Values that are not known here, such as those of a newer version, are shown as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ui.theme import Tone
from ui.widgets.ring import Half, RingState


def phase_words(phase: str) -> str:
    """Where the newest revision stands."""
    return {
        "review": _t("In review"),
        "countersign": _t("One office signed"),
        "terms-differ": _t("Terms differ"),
        "changes-requested": _t("Changes asked for"),
        "declined": _t("Declined"),
        "decided": _t("Decided"),
        "paused": _t("Paused"),
        "contested": _t("To be confirmed"),
        "conflict": _t("Two revisions"),
        "held": _t("Held"),
        "withdrawn": _t("Withdrawn"),
    }.get(phase, phase)


def tier_words(tier: str) -> str:
    return {
        "minimal": _t("Minimal"),
        "limited": _t("Limited"),
        "high": _t("High"),
        "prohibited": _t("Prohibited"),
    }.get(tier, tier or _t("Not known"))


def tier_tone(tier: str) -> Tone:
    return {"minimal": Tone.GOOD, "limited": Tone.INFO, "high": Tone.WARN, "prohibited": Tone.BAD}.get(
        tier, Tone.NEUTRAL
    )


def stage_words(stage: str) -> str:
    return {
        "idea": _t("Idea"),
        "pilot": _t("Pilot"),
        "scaled": _t("Scaled"),
        "retired": _t("Retired"),
    }.get(stage, stage)


def turn_words(turn: Sequence[str]) -> str:
    """Whose move it is; nothing when nobody has to do anything."""
    if not turn:
        return ""
    if tuple(turn) == ("cio", "ciso"):
        return _t("Both offices to sign")
    names = {
        "owner": _t("Owner’s turn"),
        "cio": _t("CIO’s turn"),
        "ciso": _t("CISO’s turn"),
        "records": _t("Records’ turn"),
    }
    return ", ".join(names.get(item, item) for item in turn)


def role_words(role: str) -> str:
    return {
        "administrator": _t("Administrator"),
        "cio": _t("CIO"),
        "ciso": _t("CISO"),
        "owner": _t("Business owner"),
        "records": _t("Records"),
        "auditor": _t("Auditor"),
    }.get(role, _t("a role of a newer version: {role}").format(role=role))


def use_words(use: str) -> str:
    """What a key is for, when it is not for signing; else empty."""
    known = {"sign": "", "decrypt": _t("for decrypting, not for signing")}
    return known.get(use, _t("for a use of a newer version: {use}").format(use=use))


def half(position: str) -> Half:
    """One half of the ring from the state of an office in a register row."""
    return {"approve": Half.FILLED, "decline": Half.DECLINED, "changes": Half.CHANGES}.get(position, Half.OPEN)


def ring(cio: str, ciso: str) -> RingState:
    return RingState(cio=half(cio), ciso=half(ciso))


def day_words(day: date | None) -> str:
    """A day as people here write it, short; empty for none."""
    if day is None:
        return ""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def moment_words(at: datetime | None) -> str:
    """A moment in this computer's time zone."""
    if at is None:
        return ""
    local = at.astimezone()
    return f"{day_words(local.date())}, {local:%H:%M}"


def size_words(size: int) -> str:
    """Bytes as people say them."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def _t(text: str) -> str:
    return QCoreApplication.translate("Words", text)
