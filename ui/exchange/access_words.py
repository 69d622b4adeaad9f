"""How what travels is told, the same on the exchange page, in the settings and in the status line."""

from __future__ import annotations

from intake.domain.organisation.exchange_rule import Reading
from ui.formatting import size_words
from ui.texts import Texts


def reading_name(reading: Reading) -> str:
    return AccessTexts.tr("Confidential") if reading is Reading.CONFIDENTIAL else AccessTexts.tr("Open")


def reading_sentence(reading: Reading) -> str:
    """Who can read what leaves this computer."""
    if reading is Reading.CONFIDENTIAL:
        return AccessTexts.tr(
            "What leaves this computer is encrypted: a use case for those who need it, the roster for everybody it lists."
        )
    return AccessTexts.tr("What leaves this computer can be read by everybody who has the folder or a package.")


def handed_words(count: int) -> str:
    return AccessTexts.tr("%Ln keys were handed to you", "", count)


def handed_why() -> str:
    return AccessTexts.tr(
        "Your passphrase opens what others let you read. What comes later opens by itself until this window closes."
    )


def for_others_words(count: int, size: int, *, handed: int = 0) -> str:
    """What cannot be read here; empty for nothing. Before the keys that were ``handed`` over are open, some of it may be meant
    for the person here.
    """
    if not count:
        return ""
    if handed:
        said = AccessTexts.tr(
            "%Ln encrypted files ({size}) are kept. What of them you may read opens with the keys that were handed to you.",
            "",
            count,
        )
        return said.format(size=size_words(size))
    said = AccessTexts.tr("%Ln files for others ({size}) are kept and passed on. They cannot be read here.", "", count)
    return said.format(size=size_words(size))


class AccessTexts(Texts):
    pass
