"""Who can read a use case, in words: for the page, the command, and before access is given."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Caption, Sentence, enumerated, worded
from intake.domain.case.access import Access, CaseReader, GivenKey, Ground
from intake.domain.organisation.exchange_rule import Reading
from intake.services.installation.access import access_to, writing_key
from intake.services.installation.giving import give_access
from intake.services.installation.installation import Installation, PersonWithKey
from intake.services.organisation import exchange_choice

_WHY = worded(
    Caption,
    {
        Ground.OWNER: ("ReadsAsOwner", "answers for it"),
        Ground.SUBMITTER: ("ReadsAsSubmitter", "filed it"),
        Ground.UNIT: ("ReadsAsUnit", "owner for the unit"),
        Ground.CIO: ("ReadsAsCio", "CIO"),
        Ground.CISO: ("ReadsAsCiso", "CISO"),
        Ground.RECORDS: ("ReadsAsRecords", "records team"),
        Ground.AUDITOR: ("ReadsAsAuditor", "auditor"),
        Ground.LISTED: ("ReadsAsListed", "has a role"),
    },
)
_WHYS = Caption("ReadsAsSeveral", "{grounds}")
_HAS = Caption("ReaderHasKey", "has the key")
_HAS_NOT = Caption("ReaderHasNoKey", "gets the key with the next signature")
_CANNOT = Caption("ReaderWithoutReaderKey", "has no reader key: has to enrol again")
_CONFIDENTIAL = Sentence("ReadersConfidential", "What travels of this use case can be read by these people only.")
_OPEN = Sentence(
    "ReadersOpen",
    "The exchange is open: everybody who has the folder or a package can read this use case. With a confidential one only these could.",
)
_NONE_YET = Sentence(
    "ReadersNoKeyYet", "There is no key for it yet, so nothing of it leaves. Who signs something in it begins one."
)
_STRANGE = Sentence(
    "ReadersStrangeNotes",
    "{count} notes of people who do not read it say that they gave access. No key they name is used.",
    one="A note of somebody who does not read it says that access was given. No key it names is used.",
)
_KEPT = Sentence(
    "ReadersKeepWhatTheyRead", "Who read it before and is not listed here keeps what was read, and gets nothing new."
)


class MayNotRead(Refusal):
    what = "“{person}” may not read this use case, so no access was given."
    why = "Who may read follows from the roster and from whose use case it is: {readers}."
    next = "Give them a role for it in the roster, or hand the use case over."


class NothingToReadWith(Refusal):
    what = "“{person}” has no reader key, so no access was given."
    why = "A use case is handed over encrypted for a reader key, and the roster lists none for them."
    next = "They enrol once more, which makes such a key; then an administrator lists it."


class NotAReader(Refusal):
    what = "You do not read this use case, so you cannot give anybody access."
    why = "Only who has the key can hand it on."
    next = "Ask somebody who reads it."


class OpenExchange(Refusal):
    what = "No access has to be given: the exchange of this organisation is open."
    why = "Everybody who has the folder or a package can read what is in it."
    next = "An administrator can make it confidential on the page of the people, or with “roster exchange --to confidential”."


@dataclass(frozen=True, slots=True)
class ReaderTold:
    """``given_by`` is the name of who handed them the key they have; their own where they began it."""

    person: str
    name: str
    grounds: tuple[Ground, ...]
    why: Reason
    state: Reason
    has_key: bool
    given_by: str
    waits: bool = False
    """Whether they have no key and could be given one now."""


@dataclass(frozen=True, slots=True)
class ReadersTold:
    """``exchange`` says who can read what travels; ``notes`` are what is odd."""

    reading: Reading
    exchange: Reason
    readers: tuple[ReaderTold, ...]
    notes: tuple[Reason, ...]


def readers_of(installation: Installation, case: str) -> ReadersTold:
    """Who can read a use case, by name."""
    reading = exchange_choice.in_force(installation)
    access = access_to(installation, case)
    rosters = installation.rosters
    tag = next(iter(access.usable), "")
    handed = access.given[tag].readers if tag else frozenset()
    readers = tuple(
        ReaderTold(
            person,
            rosters.name(person),
            item.grounds,
            _WHYS(grounds=enumerated([_WHY[one]() for one in item.grounds])),
            (_HAS if item.keys & handed else _HAS_NOT if item.keys else _CANNOT)(),
            bool(item.keys & handed),
            rosters.name(_giver(access.given[tag], item)) if tag and item.keys & handed else "",
            reading is Reading.CONFIDENTIAL and bool(item.keys) and not item.keys & handed,
        )
        for person, item in sorted(access.readers.items(), key=lambda pair: rosters.name(pair[0]))
    )
    said = _CONFIDENTIAL() if reading is Reading.CONFIDENTIAL else _OPEN()
    return ReadersTold(reading, said, readers, tuple(_notes(access, reading)))


def _giver(key: GivenKey, reader: CaseReader) -> str:
    return key.givers[min(reader.keys & key.readers)]


def _notes(access: Access, reading: Reading) -> list[Reason]:
    found = []
    if reading is Reading.CONFIDENTIAL:
        found += [_KEPT()] if access.usable else [_NONE_YET()]
    if access.idle:
        found.append(_STRANGE(count=len(access.idle)))
    return found


def require_giving(installation: Installation, author: str, case: str) -> Access:
    """Raises OpenExchange or NotAReader; gives who may read it."""
    if exchange_choice.in_force(installation) is Reading.OPEN:
        raise OpenExchange
    access = access_to(installation, case)
    if author not in access.readers or (writing_key(installation, case, access) is None and access.usable):
        raise NotAReader
    return access


def require_granting(installation: Installation, author: str, case: str, to: str) -> None:
    """Raises OpenExchange, NotAReader, MayNotRead or NothingToReadWith."""
    access = require_giving(installation, author, case)
    if to not in access.readers:
        names = ", ".join(installation.rosters.name(person) for person in access.readers)
        raise MayNotRead(person=to, readers=names)
    if not access.readers[to].keys:
        raise NothingToReadWith(person=to)


def give(installation: Installation, signer: PersonWithKey, case: str) -> int:
    """Give access to everybody who may read it and has no key; gives to how many keys."""
    return give_access(installation, signer, [case])
