"""How the exchange of an organisation stands here: who can read it, what was handed to somebody, what is kept for others."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.organisation.exchange_rule import Reading
from intake.domain.organisation.roster import Use
from intake.services.installation.installation import Installation
from intake.services.installation.opening import handed_to
from intake.services.organisation import exchange_choice, people
from intake.trust import certificates


@dataclass(frozen=True, slots=True)
class ExchangeStanding:
    """``handed`` keys wait for the passphrase of the person asked for. ``files`` of ``size`` bytes are kept that nobody can read
    here: they are for others, and are passed on. ``readable`` says that a key for some of them is known, ``read_only`` that nothing
    can be opened here.

    ``reading`` is None before there is an organisation.
    """

    reading: Reading | None = None
    handed: int = 0
    files: int = 0
    size: int = 0
    readable: bool = False
    read_only: bool = False


def standing(installation: Installation, person: str, key: str) -> ExchangeStanding:
    """For a person and their signing key (fingerprint)."""
    if not installation.rosters.founded:
        return ExchangeStanding()
    kept = installation.register.confidential
    unread = kept.unread()
    reader = reader_of(installation, person, key)
    return ExchangeStanding(
        exchange_choice.in_force(installation),
        handed_to(installation, reader) if reader else 0,
        unread.files,
        unread.size,
        bool(unread.files) and not kept.keys().keys().isdisjoint(kept.tags_unread()),
        installation.register.read_only,
    )


def reader_of(installation: Installation, person: str, key: str) -> str:
    """The fingerprint of the certificate with which somebody reads: what they enrolled beside this signing key, else the only
    one that is listed for them. Empty for none.
    """
    asked = (item for item in people.enrolments(installation) if (item.person, item.fingerprint) == (person, key))
    found = [certificates.fingerprint(item.reader) for item in asked if item.reader]
    entry = installation.rosters.person(person)
    if not found and entry is not None:
        listed = [item.sha256 for item in entry.certificates if item.use == Use.DECRYPT and item.period.open]
        found = listed if len(listed) == 1 else []
    return found[-1] if found else ""
