"""Roster versions as the people page and its signing sheets tell them: what each changes, and whose keys to compare.

The sentences are the domain's (``telling``); here they are put under headings and into the language of the screens.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from intake.domain.base import wording
from intake.domain.base.refusals import Refusal
from intake.domain.playbook.differences import playbook_differences
from ui.playbook.words import moved, moves
from ui.texts import Texts

if TYPE_CHECKING:
    from intake.domain.organisation.following import Listed
    from intake.domain.organisation.history import Pending
    from intake.domain.organisation.rivals import Late
    from intake.domain.organisation.roster import Roster
    from intake.domain.playbook.whole import Playbook
    from intake.services.installation.installation import Installation
    from intake.services.organisation.playbooks import WaitingPlaybook


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """What a version says against another one, in sentences. ``heading`` names that one, where there are several."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpokenKey:
    """A key whose ``words`` are to be compared by voice with the person it is listed for."""

    person: str
    name: str
    fingerprint: str
    words: str


@dataclass(frozen=True, slots=True)
class VersionTold:
    """Everything a version changes, and the keys to compare before it is signed.

    ``warnings`` say what of it cannot be judged by what is here. Of a version that cannot be told ``groups`` say so, and the
    service refuses its endorsement.
    """

    groups: tuple[ChangeGroup, ...]
    keys: tuple[SpokenKey, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """All in one list; where a version names several, each of them begins with a heading."""
        return tuple(
            line for group in self.groups for line in (*((group.heading,) if group.heading else ()), *group.lines)
        )


@dataclass(frozen=True, slots=True)
class WaitingRoster:
    """A roster version that does not count yet and why. ``mine`` is whether my endorsement could help."""

    id: str
    version: int
    author: str
    told: VersionTold
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    mine: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Rival:
    id: str
    author: str
    told: VersionTold


@dataclass(frozen=True, slots=True)
class TooLate:
    """A version that counts for nothing; ``ahead`` is who wrote the one that does."""

    id: str
    version: int
    author: str
    ahead: str
    told: VersionTold


@dataclass(frozen=True, slots=True)
class SettlementTold:
    """The version that would settle the rivals, as it would be signed."""

    told: VersionTold
    document: Roster


def waiting(installation: Installation, item: Pending, me: str) -> WaitingRoster:
    new = item.listed.roster
    names = {entry.id: entry.name for entry in new.people}
    found = told(installation, new)
    if playbooks := _named(installation, item):
        found = replace(found, groups=(*found.groups, ChangeGroup("", playbooks)))
    return WaitingRoster(
        item.listed.id,
        new.version,
        names.get(item.listed.author, item.listed.author),
        found,
        tuple(sorted(names.get(name, name) for name in item.agreement.signed)),
        tuple(sorted(names.get(name, name) for name in item.agreement.missing)),
        me in item.agreement.missing,
        wording.words(item.problem),
    )


def rival(installation: Installation, item: Listed) -> Rival:
    names = {entry.id: entry.name for entry in item.roster.people}
    return Rival(item.id, names.get(item.author, item.author), told(installation, item.roster))


def late(installation: Installation, item: Late) -> TooLate:
    found = rival(installation, item.listed)
    rosters = installation.rosters
    ahead = rosters.name(rosters.chain[item.behind].author)
    return TooLate(found.id, item.listed.roster.version, found.author, ahead, found.told)


def settlement(installation: Installation, document: Roster) -> SettlementTold:
    return SettlementTold(told(installation, document), document)


def told(installation: Installation, document: Roster) -> VersionTold:
    """What a version changes, in the language of the screens; that it cannot be told, where it cannot."""
    from intake.domain.base.words import spoken
    from intake.services.organisation import telling

    try:
        found = telling.told(installation, document)
    except Refusal as refusal:
        return VersionTold((ChangeGroup("", (refusal.what_happened,)),))
    several = len(found.compared) > 1
    against = VersionTexts.tr("Against the version by {name}, {digest}:")
    groups = [
        ChangeGroup(
            against.format(name=item.author, digest=item.against[:16]) if several else "",
            tuple(wording.shown(line) for line in item.lines) or (VersionTexts.tr("It changes nothing."),),
        )
        for item in found.compared
    ]
    keys = (SpokenKey(item.person, item.name, item.fingerprint, spoken(item.fingerprint)) for item in found.keys)
    return VersionTold(tuple(groups), tuple(keys), tuple(wording.shown(line) for line in found.warnings))


def _named(installation: Installation, item: Pending) -> tuple[str, ...]:
    """The playbooks a version would accept, by their names where they are here."""
    from intake.services.organisation import playbooks

    waits = (found for found in playbooks.waiting(installation) if found.roster == item.listed.id)
    return tuple(line for found in waits for line in _playbook(found, installation.shelf.current))


def _playbook(found: WaitingPlaybook, current: Playbook) -> tuple[str, ...]:
    if found.playbook is None:
        unknown = VersionTexts.tr("Use cases are then asked by a playbook that has not arrived: {digest}.")
        return (unknown.format(digest=found.digest[:12]),)
    known = VersionTexts.tr("Use cases are then asked by {title} ({version}).")
    changes = moves(playbook_differences(current, found.playbook))
    return (
        known.format(title=found.playbook.title, version=found.playbook.version),
        *(moved(move, words) for move, words in changes),
    )


class VersionTexts(Texts):
    pass
