"""What a roster version changes, in sentences: each entry with all it says, so that two versions never read the same.

A sentence names people by name and id, keys by ten words, and everything else that is signed by all of its digits. What somebody
wrote is quoted where it could be taken for a part of the sentence.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from intake.domain.acts.kinds.roster import AcceptedPlaybook
from intake.domain.base.names import is_id
from intake.domain.base.reasons import Reason
from intake.domain.base.wording import Caption, Sentence, on_day, worded
from intake.domain.base.words import spoken
from intake.domain.organisation.exchange_rule import EXCHANGE_RULE
from intake.domain.organisation.paper import PAPER_RULE
from intake.domain.organisation.roster import Grant, ListedCertificate, Period, Person, Role, Roster, Use
from intake.domain.organisation.roster_differences import RosterDifference, RosterPart
from intake.domain.organisation.working_days import FREE_DAYS_RULE, WEEKDAYS_RULE


@dataclass(frozen=True, slots=True)
class CheckpointSeen:
    """What is known here of a checkpoint: who signed it (``named``), the day it says, and how far it reaches.

    ``covered`` are how many of the ``known`` acts of the keys asked about it covers; None while its listing is not here.
    ``absent`` is how many acts it lists at least that are not here: they may be of these keys, and would be covered.
    """

    author: Reason
    day: date
    covered: int | None
    known: int
    absent: int = 0


CheckpointSight: TypeAlias = Callable[[str, frozenset[str]], CheckpointSeen | None]
"""Asked with the id of a checkpoint and fingerprints of keys; None for one that is not here."""

_ORGANISATION = Sentence("RosterSaysOrganisation", "The organisation is called {name}.")
_EXPIRES = Sentence("RosterSaysExpires", "New approvals are possible until {day}.")
_SETTING = Sentence("RosterSaysSetting", "The rule {name} of a newer version becomes {value}; it has no effect here.")
_KNOWN = worded(
    Sentence,
    {
        PAPER_RULE: ("RosterSaysPaper", "New records are laid out for the paper {value}."),
        WEEKDAYS_RULE: ("RosterSaysWeekdays", "The weekdays on which people work become {value}."),
        FREE_DAYS_RULE: ("RosterSaysFreeDays", "The free days become {value}."),
        EXCHANGE_RULE: ("RosterSaysExchange", "What travels between registers becomes {value}."),
    },
)
_KNOWN_OUT = worded(
    Sentence,
    {
        PAPER_RULE: ("RosterSaysPaperOut", "New records are laid out for the paper a4."),
        WEEKDAYS_RULE: ("RosterSaysWeekdaysOut", "The weekdays on which people work are no longer said."),
        FREE_DAYS_RULE: ("RosterSaysFreeDaysOut", "No day is free any more."),
        EXCHANGE_RULE: (
            "RosterSaysExchangeOut",
            "What travels between registers becomes open: everybody who has the folder reads it.",
        ),
    },
)
_SETTING_OUT = Sentence("RosterSaysSettingOut", "The rule {name} of a newer version ends.")
_PLAYBOOK = Sentence(
    "RosterSaysPlaybook",
    "The playbook {playbook} ({bytes} bytes) is accepted, and what is filed by it is judged by engine {engine}.",
)
_PLAYBOOK_OUT = Sentence("RosterSaysPlaybookOut", "The playbook {playbook} is left out.")
_PERSON = Sentence("RosterSaysPerson", "{person} is listed, of no unit.")
_PERSON_OF = Sentence("RosterSaysPersonOf", "{person} is listed, of the unit {unit}.")
_PERSON_OUT = Sentence("RosterSaysPersonOut", "{person} is left out.")
_NAME = Sentence("RosterSaysName", "{person} is now called {name}.")
_UNIT = Sentence("RosterSaysUnit", "{person} now belongs to the unit {unit}.")
_NO_UNIT = Sentence("RosterSaysNoUnit", "{person} now belongs to no unit.")
_KEY = Sentence("RosterSaysKey", "{person} gets the key {key}. It is {use}, from {since}, {until}.")
_KEY_OUT = Sentence("RosterSaysKeyOut", "{person} no longer has the key {key}.")
_KEY_USE = Sentence("RosterSaysKeyUse", "The key {key} of {person} is now {use}.")
_KEY_SINCE = Sentence("RosterSaysKeySince", "The key {key} of {person} is good from {since}.")
_KEY_LASTS = Sentence("RosterSaysKeyLasts", "The key {key} of {person} is good {until}.")
_KEY_ENDS = Sentence("RosterSaysKeyEnds", "The key {key} of {person} ends at {checkpoint}. It is good {until}.")
_KEY_REOPENS = Sentence("RosterSaysKeyReopens", "The key {key} of {person} is no longer ended. It is good {until}.")
_ROLE = Sentence("RosterSaysRole", "{person} becomes {role} {place}, from {since}, {until}.")
_ROLE_OUT = Sentence("RosterSaysRoleOut", "The entry of {person} as {role} {place} (since {since}) is left out.")
_ROLE_LASTS = Sentence("RosterSaysRoleLasts", "{person} is {role} {place} (since {since}), {until}.")
_ROLE_ENDS = Sentence(
    "RosterSaysRoleEnds",
    "{person} is no longer {role} {place} (since {since}): the role ends at {checkpoint}. It is good {until}.",
)
_ROLE_REOPENS = Sentence(
    "RosterSaysRoleReopens", "{person} is {role} {place} (since {since}) again, {until}: its end is taken back."
)
_DELEGABLE = Sentence("RosterSaysDelegable", "{person} may delegate being {role} {place} (since {since}).")
_NOT_DELEGABLE = Sentence("RosterSaysNotDelegable", "{person} may not delegate being {role} {place} (since {since}).")
_CUT_OFF = Sentence(
    "RosterSaysCutOff",
    "The key {key} of {person} is cut off at {checkpoint}. What it signed beyond that counts for nothing.",
)
_CUT_OFF_NOBODY = Sentence(
    "RosterSaysCutOffNobody", "The key {key} ({digest}), listed for nobody, is cut off at {checkpoint}."
)
_CUT_OFF_LIFTED = Sentence("RosterSaysCutOffLifted", "The key {key} ({digest}) is no longer cut off.")

_WHO = Caption("RosterSaysWho", "{name} ({person})")
_EVERYWHERE = Caption("RosterSaysPlaceEverywhere", "everywhere")
_FOR_CASE = Caption("RosterSaysPlaceCase", "for the use case {case}")
_VOID = Caption("RosterSaysPlaceVoid", "{place} (without effect: this role is for everything or for nothing)")
_FOR_UNIT = Caption("RosterSaysPlaceUnit", "for the unit {unit}")
_UNTIL = Caption("RosterSaysUntil", "until {day}")
_FOR_GOOD = Caption("RosterSaysForGood", "without a last day")
_TO_SIGN = Caption("RosterSaysKeyToSign", "for signing")
_TO_DECRYPT = Caption("RosterSaysKeyToDecrypt", "for decrypting, not for signing")
_TO_NEWER = Caption("RosterSaysKeyToNewer", "for a use of a newer version ({use}), not for signing")
_ROLES = worded(
    Caption,
    {
        Role.ADMINISTRATOR: ("RosterSaysRoleAdministrator", "administrator"),
        Role.CIO: ("RosterSaysRoleCio", "CIO"),
        Role.CISO: ("RosterSaysRoleCiso", "CISO"),
        Role.OWNER: ("RosterSaysRoleOwner", "business owner"),
        Role.RECORDS: ("RosterSaysRoleRecords", "records"),
        Role.AUDITOR: ("RosterSaysRoleAuditor", "auditor"),
    },
)
_NEWER_ROLE = Caption("RosterSaysRoleNewer", "{role} (a role of a newer version)")
_CHECKPOINT = Caption(
    "RosterSaysCheckpoint",
    "the checkpoint {id} by {author} of {day}, which covers {covered} of the {known} acts by them that are known here",
)
_CHECKPOINT_AHEAD = Caption(
    "RosterSaysCheckpointAhead",
    "the checkpoint {id} by {author} of {day}, which covers {covered} of the {known} acts by them that are known here, and "
    "lists acts that are not here and may be by them (at least {absent})",
)
_CHECKPOINT_UNLISTED = Caption(
    "RosterSaysCheckpointUnlisted",
    "the checkpoint {id} by {author} of {day}, whose listing is not here: nobody can tell which of the {known} acts known "
    "here it covers",
)
_CHECKPOINT_ABSENT = Caption("RosterSaysCheckpointAbsent", "the checkpoint {id}, which is not here")


def roster_lines(
    told: Iterable[RosterDifference], before: Roster | None, after: Roster, sight: CheckpointSight
) -> tuple[Reason, ...]:
    """One or several sentences for each difference between two versions, in their order."""
    say = _Sayer(before, after, sight)
    return tuple(line for item in told for line in say.lines(item))


class _Sayer:
    """People are called what they were called before; who is new, what the version calls them."""

    def __init__(self, before: Roster | None, after: Roster, sight: CheckpointSight) -> None:
        self._versions = tuple(item for item in (before, after) if item)
        self._sight = sight

    def lines(self, item: RosterDifference) -> Iterator[Reason]:
        match item.after or item.before:
            case Person() as entry:
                yield from self._person(item, entry)
            case ListedCertificate() as entry:
                yield from self._key(item, entry)
            case Grant() as entry:
                yield from self._role(item, entry)
            case _:
                yield self._rest(item)

    def _rest(self, item: RosterDifference) -> Reason:
        name = item.place[0] if item.place else ""
        match item.part, item.after:
            case RosterPart.CUT_OFF, end:
                return self._cut_off(name, end if isinstance(end, str) else "")
            case RosterPart.PLAYBOOK, AcceptedPlaybook(size=size, engine=engine):
                return _PLAYBOOK(playbook=spaced(name), bytes=size, engine=engine)
            case RosterPart.PLAYBOOK, _:
                return _PLAYBOOK_OUT(playbook=spaced(name))
            case RosterPart.SETTING, None:
                return _KNOWN_OUT[name]() if name in _KNOWN_OUT else _SETTING_OUT(name=name)
            case RosterPart.SETTING, value:
                if name in _KNOWN:
                    return _KNOWN[name](value=_written(value))
                return _SETTING(name=name, value=_written(value))
            case _, date() as day:
                return _EXPIRES(day=on_day(day))
            case _, value:
                return _ORGANISATION(name=quoted(str(value)))

    def _cut_off(self, key: str, checkpoint: str) -> Reason:
        if not checkpoint:
            return _CUT_OFF_LIFTED(key=spoken(key), digest=spaced(key))
        owner = next((found.id for one in self._versions[::-1] if (found := one.person_of_certificate(key))), "")
        at = self._checkpoint(checkpoint, frozenset({key}))
        if not owner:
            return _CUT_OFF_NOBODY(key=spoken(key), digest=spaced(key), checkpoint=at)
        return _CUT_OFF(key=spoken(key), person=self._who(owner), checkpoint=at)

    def _person(self, item: RosterDifference, entry: Person) -> Iterator[Reason]:
        who = self._who(entry.id)
        if item.after is None:
            yield _PERSON_OUT(person=who)
        elif not isinstance(item.before, Person):
            yield _PERSON_OF(person=who, unit=quoted(entry.unit)) if entry.unit else _PERSON(person=who)
        else:
            if entry.name != item.before.name:
                yield _NAME(person=who, name=quoted(entry.name))
            if entry.unit != item.before.unit:
                yield _UNIT(person=who, unit=quoted(entry.unit)) if entry.unit else _NO_UNIT(person=who)

    def _key(self, item: RosterDifference, entry: ListedCertificate) -> Iterator[Reason]:
        who, key, period = self._who(item.place[0]), spoken(entry.sha256), entry.period
        if item.after is None:
            yield _KEY_OUT(person=who, key=key)
            return
        until = _until(period)
        known = item.before if isinstance(item.before, ListedCertificate) else None
        if known is None:
            yield _KEY(person=who, key=key, use=_use(entry.use), since=on_day(period.since), until=until)
        if known and entry.use != known.use:
            yield _KEY_USE(person=who, key=key, use=_use(entry.use))
        if known and period.since != known.period.since:
            yield _KEY_SINCE(person=who, key=key, since=on_day(period.since))
        if period.end != (known.period.end if known else ""):
            if period.end:
                at = self._checkpoint(period.end, frozenset({entry.sha256}))
                yield _KEY_ENDS(person=who, key=key, checkpoint=at, until=until)
            else:
                yield _KEY_REOPENS(person=who, key=key, until=until)
        elif known and period.until != known.period.until:
            yield _KEY_LASTS(person=who, key=key, until=until)

    def _role(self, item: RosterDifference, entry: Grant) -> Iterator[Reason]:
        period = entry.period
        who, role, place = self._who(item.place[0]), _role(entry.role), _place(entry)
        since, until = on_day(period.since), _until(period)
        if item.after is None:
            yield _ROLE_OUT(person=who, role=role, place=place, since=since)
            return
        known = item.before if isinstance(item.before, Grant) else None
        if known is None:
            yield _ROLE(person=who, role=role, place=place, since=since, until=until)
        if period.end != (known.period.end if known else ""):
            if period.end:
                at = self._checkpoint(period.end, self._keys(item.place[0]))
                yield _ROLE_ENDS(person=who, role=role, place=place, since=since, checkpoint=at, until=until)
            else:
                yield _ROLE_REOPENS(person=who, role=role, place=place, since=since, until=until)
        elif known and period.until != known.period.until:
            yield _ROLE_LASTS(person=who, role=role, place=place, since=since, until=until)
        if entry.delegable != (known.delegable if known else False):
            may = _DELEGABLE if entry.delegable else _NOT_DELEGABLE
            yield may(person=who, role=role, place=place, since=since)

    def _who(self, person: str) -> Reason:
        return named(next(found.name for one in self._versions if (found := one.person(person))), person)

    def _keys(self, person: str) -> frozenset[str]:
        found = (one.person(person) for one in self._versions)
        return frozenset(item.sha256 for one in found if one for item in one.certificates)

    def _checkpoint(self, name: str, keys: frozenset[str]) -> Reason:
        seen = self._sight(name, keys)
        if seen is None:
            return _CHECKPOINT_ABSENT(id=spaced(name))
        id_, day = spaced(name), on_day(seen.day)
        if seen.covered is None:
            return _CHECKPOINT_UNLISTED(id=id_, author=seen.author, day=day, known=seen.known)
        if seen.absent:
            return _CHECKPOINT_AHEAD(
                id=id_, author=seen.author, day=day, known=seen.known, covered=seen.covered, absent=seen.absent
            )
        return _CHECKPOINT(id=id_, author=seen.author, day=day, known=seen.known, covered=seen.covered)


def quoted(text: str) -> str:
    """Text of somebody as it cannot end early: marks inside it are doubled."""
    return f"“{text.replace('“', '““').replace('”', '””')}”"


def named(name: str, person: str) -> Reason:
    """A name with the person id, which is theirs alone. The name is quoted when it could be taken for more than that: it holds
    something else than letters, their marks, single spaces, apostrophes and hyphens, or a word in small letters, as the words of
    a sentence are.
    """
    plain = all(map(_of_names, name)) and not any(word[:1].islower() or not word for word in name.split(" "))
    return _WHO(name=name if plain else quoted(name), person=person)


def _of_names(char: str) -> bool:
    return char in " '’-" or unicodedata.category(char)[0] in "LM"


def spaced(digest: str) -> str:
    """All digits of a digest, in groups that can be read and that a line can be broken between."""
    return " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))


def _written(value: object) -> str:
    """A value as JSON writes it, on one line: two ends of a line stand in the texts of JSON as they are."""
    said = json.dumps(value, ensure_ascii=False)
    return said.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _use(use: str) -> Reason:
    if use == Use.SIGN:
        return _TO_SIGN()
    return _TO_DECRYPT() if use == Use.DECRYPT else _TO_NEWER(use=use)


def _role(role: str) -> Reason:
    return _ROLES[role]() if isinstance(role, Role) else _NEWER_ROLE(role=role)


def _place(grant: Grant) -> Reason:
    return _VOID(place=_scope(grant.scope)) if grant.void else _scope(grant.scope)


def _scope(scope: str) -> Reason:
    if not scope:
        return _EVERYWHERE()
    return _FOR_CASE(case=spaced(scope)) if is_id(scope) else _FOR_UNIT(unit=quoted(scope))


def _until(period: Period) -> Reason:
    return _UNTIL(day=on_day(period.until)) if period.until else _FOR_GOOD()
