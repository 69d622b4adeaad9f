"""What right one act has under one roster: by the roster it names, and by what a roster in force leaves of it.

``history`` puts the two together and knows which rosters count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from intake.domain.acts.envelope import Act
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Wording
from intake.domain.organisation.roster import Grant, GrantKey, ListedCertificate, Period, Role, Roster, Use


class SignedAct(Protocol):
    """What is asked of something signed to tell its right: an act, or a statement of standing."""

    @property
    def org(self) -> str: ...
    @property
    def roster(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def signer(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Strength(StrEnum):
    """What an act may do for its case."""

    FULL = "full"
    OBJECTION = "objection"
    """May object, and counts for nothing in favour: an ended role beyond its horizon, or after its last day."""
    WAITS = "waits"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Right:
    """``unlisted`` is the checkpoint at which a role or key was ended, when nobody here knows what it lists: its listing
    could give the right back.
    """

    strength: Strength
    reason: Reason | None = None
    waits_for: str = ""
    sure: bool = False
    """While it waits for its roster: whether every roster in force gives the right to its signer."""
    unlisted: str = ""

    @property
    def objects(self) -> bool:
        """Whether it is enough for an objection."""
        return self.strength in (Strength.FULL, Strength.OBJECTION) or self.sure


Covered = Callable[[str], bool | None]
"""Tells for a checkpoint (act id) whether it covers the act being judged; None while its listing is not here."""

ANYWHERE: frozenset[str] = frozenset({""})
"""The scope of a role that holds everywhere."""

_UNLISTED = Wording("SignerNotListed", "the roster does not list its signer with this key")
_UNLISTED_NOW = Wording("SignerNotListedNow", "a roster in force does not list its signer with this key")
_NO_ROLE = Wording("RoleNotHeld", "its signer does not hold the role this needs")
_NO_ROLE_NOW = Wording("RoleNotHeldNow", "its signer does not hold the role this needs in a rival roster")
_DECRYPTS = Wording("KeyOnlyDecrypts", "the roster lists its key for decrypting, and such a key signs nothing")
_UNKNOWN_USE = Wording(
    "KeyUseUnknown", "the roster lists its key for a use this version does not know ({use}), so it signs nothing"
)
_ENDED = Wording("RightEnded", "its signer's role or key ended before a checkpoint had seen it")
_UNSURE = Wording(
    "RightEndedUnlisted",
    "its signer's role or key was ended, and what the checkpoint at its end lists is not here",
)
KEY_CUT_OFF = Wording("KeyCutOff", "its key was cut off, and it is beyond the cut-off")
_CUT_OFF_UNSURE = Wording(
    "KeyCutOffUnlisted", "its key was cut off, and what the checkpoint at the cut-off lists is not here"
)
OUTLIVED = Wording("RightOutlived", "it was signed after the last day of its signer's role or key")
TAKEN_AWAY = frozenset(item.code for item in (_ENDED, _UNSURE, KEY_CUT_OFF, _CUT_OFF_UNSURE))
"""Codes of the reasons why an act has lost a right that its signer seemed to have when it was signed."""
_WEAKEST_FIRST = (Strength.NONE, Strength.WAITS, Strength.OBJECTION, Strength.FULL)


def weakest(rights: Iterable[Right]) -> Right:
    """The right that is left when several rosters are in force; at least one must be given."""
    return min(rights, key=lambda right: _WEAKEST_FIRST.index(right.strength))


def under_named(
    roster: Roster, act: SignedAct, roles: frozenset[Role], scopes: frozenset[str], covered: Covered
) -> Right | frozenset[GrantKey]:
    """The grants that give the right under the roster the act names, or why there are none."""
    person = roster.person(act.person)
    certificate = person.certificate(act.signer) if person else None
    if person is None or certificate is None:
        return Right(Strength.NONE, _UNLISTED())
    if not certificate.signs:
        return Right(Strength.NONE, not_for_signing(certificate))
    grants = [grant for grant in person.grants if _gives(grant, roles, scopes)]
    if roles and not grants:
        return Right(Strength.NONE, _NO_ROLE())
    usable = frozenset(grant.key for grant in grants if _reaches(grant.period.end, covered))
    if not _reaches(certificate.period.end, covered) or (roles and not usable):
        # Its writer had seen that the role or key had ended, so it is not theirs to object with either.
        return _ended(Strength.NONE, certificate, grants, covered)
    return usable


def under_newest(
    roster: Roster,
    act: SignedAct,
    roles: frozenset[Role],
    scopes: frozenset[str],
    keys: frozenset[GrantKey] | None,
    covered: Covered,
) -> Right:
    """What a roster in force leaves of the right. ``keys``: the grants it rests on; None when any such grant will do.

    A role granted again later does not restore what was written under the grant that ended.
    """
    person = roster.person(act.person)
    certificate = person.certificate(act.signer) if person else None
    if person is None or certificate is None:
        return Right(Strength.NONE, _UNLISTED_NOW())
    if not certificate.signs:
        return Right(Strength.NONE, not_for_signing(certificate))
    grants = [grant for grant in person.grants if _gives(grant, roles, scopes) and (keys is None or grant.key in keys)]
    if roles and not grants:
        return Right(Strength.NONE, _NO_ROLE_NOW())
    reached = [grant.period for grant in grants if _reaches(grant.period.end, covered)]
    if not _reaches(certificate.period.end, covered) or (roles and not reached):
        return _ended(Strength.OBJECTION, certificate, grants, covered)
    return outlived(act, certificate.period, reached if roles else ()) or Right(Strength.FULL)


def _gives(grant: Grant, roles: frozenset[Role], scopes: frozenset[str]) -> bool:
    return grant.role in roles and grant.scope in scopes and not grant.void


def not_for_signing(certificate: ListedCertificate) -> Reason:
    """Why a listed certificate signs nothing."""
    return _DECRYPTS() if certificate.use == Use.DECRYPT else _UNKNOWN_USE(use=str(certificate.use))


def lasting(rosters: Iterable[Roster], act: SignedAct, usable: frozenset[GrantKey]) -> frozenset[GrantKey] | None:
    """The ``usable`` grants whose last day none of these rosters had before the act's own; None when the key had its own.

    A last day that has passed stays in force: a later version of the entry restores nothing.
    """
    day = act.at.date()
    left = usable
    for roster in rosters:
        person = roster.person(act.person)
        certificate = person.certificate(act.signer) if person else None
        if person is None or certificate is None:
            continue
        if not certificate.period.lasts(day):
            return None
        left -= {grant.key for grant in person.grants if not grant.period.lasts(day)}
    return left


def outlived(act: SignedAct, key: Period, grants: Iterable[Period]) -> Right | None:
    """An objection only, when the act's own day is after the last one of the key or of every grant; else None."""
    day = act.at.date()
    periods = tuple(grants)
    if key.lasts(day) and (not periods or any(period.lasts(day) for period in periods)):
        return None
    return Right(Strength.OBJECTION, OUTLIVED())


def last_day(roster: Roster, act: Act, role: Role, scopes: frozenset[str]) -> date | None:
    """The last day on which the author of ``act`` may act in a role with its key, by one roster; None for no such day."""
    person = roster.person(act.person)
    certificate = person.certificate(act.signer) if person else None
    if person is None or certificate is None:
        return None
    held = [
        item.period.until for item in person.grants if item.role is role and item.scope in scopes and item.period.open
    ]
    days = [certificate.period.until] if certificate.period.open else []
    # Of several grants the one that lasts longest counts; the key limits them all.
    days += [] if None in held else [max((day for day in held if day), default=None)]
    return min((day for day in days if day), default=None)


def cut(roster: Roster, act: SignedAct, covered: Covered) -> Right | None:
    """None when no cut-off prevents it."""
    checkpoint = roster.cutoffs.get(act.signer)
    below = covered(checkpoint) if checkpoint else True
    if below:
        return None
    if below is None:
        # Doubt never approves, and it must not silence an objection made before the key was stolen either.
        return Right(Strength.OBJECTION, _CUT_OFF_UNSURE(), unlisted=checkpoint or "")
    return Right(Strength.NONE, KEY_CUT_OFF())


def _reaches(end: str, covered: Covered) -> bool:
    return not end or covered(end) is True


def _ended(strength: Strength, certificate: ListedCertificate, grants: Iterable[Grant], covered: Covered) -> Right:
    """The right that is left when the key or every grant had ended before the act, as far as anybody here knows."""

    def may_reach(end: str) -> bool:
        return not end or covered(end) is not False

    ends = [grant.period.end for grant in grants]
    unsure = may_reach(certificate.period.end) and (not ends or any(map(may_reach, ends)))
    unknown = (end for end in (certificate.period.end, *ends) if end and covered(end) is None)
    unlisted = next(unknown, "") if unsure else ""
    return Right(strength, _UNSURE() if unlisted else _ENDED(), unlisted=unlisted)
