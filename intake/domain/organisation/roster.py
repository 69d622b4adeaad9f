"""One version of the roster: who may do what, with which key, as a complete document.

Entries are never taken out: a role or a certificate that ends stays listed with the checkpoint that closes it. The act
that carries a version names its people as a file (``people``); its other fields are in ``kinds.roster``.
How versions follow each other is decided in ``history``.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from intake.domain.acts.kinds.roster import AcceptedPlaybook, Setting
from intake.domain.base.canonical import Json
from intake.domain.base.lookalikes import as_drawn, is_plain_name
from intake.domain.base.names import is_id
from intake.domain.organisation.certificates import public_key_info


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    CIO = "cio"
    CISO = "ciso"
    OWNER = "owner"
    RECORDS = "records"
    AUDITOR = "auditor"


WHOLE = frozenset({Role.ADMINISTRATOR, Role.RECORDS})
"""Roles for the whole organisation. One of them for a unit or a use case gives no right: there is one roster, and checkpoints
cover all of it."""


@dataclass(frozen=True, slots=True)
class Period:
    """``since`` and ``until`` are the first and the last day, ``end`` closes the entry.

    ``end`` is the act id of a checkpoint: what it covers keeps its right, what it does not cover has none in favour. Of
    an entry that is not closed, what was signed after its last day has none in favour, and closing it in a later version
    gives none back; of the version that closes it ``end`` decides alone. The first day is for people to read.
    """

    since: date
    until: date | None
    end: str

    @property
    def open(self) -> bool:
        return not self.end

    def lasts(self, day: date) -> bool:
        """Whether the last day, if there is one and it is what decides, is not before ``day``."""
        return bool(self.end) or self.until is None or day <= self.until

    def as_json(self) -> dict[str, Json]:
        until = self.until.isoformat() if self.until else None
        return {"from": self.since.isoformat(), "until": until, "end": self.end}


def setting_text(value: Setting) -> str:
    """A setting on one line."""
    return ", ".join(value) if isinstance(value, tuple) else " ".join(str(value).split())


class Use(StrEnum):
    """What a certificate is for. Only ``SIGN`` signs acts and records; others are listed for what they are for."""

    SIGN = "sign"
    DECRYPT = "decrypt"


@dataclass(frozen=True)
class ListedCertificate:
    """``use`` is a ``Use``, or the word of a newer version: kept as it is, and never good for a signature."""

    sha256: str
    der: bytes
    period: Period
    use: str = Use.SIGN

    @property
    def signs(self) -> bool:
        return self.use == Use.SIGN

    @cached_property
    def key(self) -> bytes:
        """The public key inside it. Raises UnreadableCertificate."""
        return public_key_info(self.der)

    def as_json(self) -> dict[str, Json]:
        der = base64.b64encode(self.der).decode()
        return {"sha256": self.sha256, "der": der, "use": str(self.use), **self.period.as_json()}


def scopes_of(units: Iterable[str], case: str) -> frozenset[str]:
    """The scopes a role may have to count for a case: everywhere, the case itself, its units.

    Owners write units as they like. One that looks like the id of a case is none: a role for that case would count in theirs.
    """
    return frozenset(("", case, *(unit for unit in units if not is_id(unit))))


GrantKey: TypeAlias = tuple[str, str, date]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role a person holds. ``scope`` is empty (everywhere), a unit, or for an owner's successor the case id.

    ``role`` is a ``Role``, or the word of a newer version. Such a role is kept and shown; it gives no right here and
    takes none away, in this version as in every other that does not know it.
    """

    role: str
    scope: str
    delegable: bool
    period: Period

    @property
    def key(self) -> GrantKey:
        """What makes it the same grant in every version, however it was closed."""
        return (self.role, self.scope, self.period.since)

    @property
    def void(self) -> bool:
        """Whether it gives no right anywhere, as such a role cannot be limited to a part of the organisation."""
        return bool(self.scope) and self.role in WHOLE

    def covers(self, unit: str, case: str) -> bool:
        return self.scope in scopes_of((unit,), case) and not self.void

    def as_json(self) -> dict[str, Json]:
        return {
            "role": str(self.role),
            "scope": self.scope,
            "delegable": self.delegable,
            **self.period.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    unit: str
    certificates: tuple[ListedCertificate, ...]
    grants: tuple[Grant, ...]

    def certificate(self, sha256: str) -> ListedCertificate | None:
        return next((item for item in self.certificates if item.sha256 == sha256), None)

    def holds(self, role: Role) -> bool:
        return any(grant.role is role and grant.period.open for grant in self.grants)

    def as_json(self) -> dict[str, Json]:
        return {
            "id": self.id,
            "name": self.name,
            "unit": self.unit,
            "certs": [item.as_json() for item in self.certificates],
            "roles": [item.as_json() for item in self.grants],
        }


class People(tuple[Person, ...]):  # noqa: SLOT001 - what is cached needs a dictionary
    """Everybody a version lists, by id, with indexes that are made when first asked for.

    A register keeps the same object for as long as the file it was read from: neither reading nor the indexes are paid
    for by each fold, and between versions people who did not change are the same objects (``people``).
    """

    @cached_property
    def by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self}

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What each person is called where only a name is shown: with the id where the name alone could be somebody else's.

        No rule forbids two people of one name. A name that is more than words could look like one with an id.
        """
        drawn = Counter(as_drawn(person.name) for person in self)
        return {
            person.id: person.name
            if drawn[as_drawn(person.name)] == 1 and is_plain_name(person.name)
            else f"{person.name} ({person.id})"
            for person in self
        }

    @cached_property
    def by_certificate(self) -> Mapping[str, Person]:
        return {item.sha256: person for person in self for item in person.certificates}

    @cached_property
    def by_key(self) -> Mapping[bytes, Person]:
        """Public key (``ListedCertificate.key``) to whose it is."""
        return {item.key: person for person in self for item in person.certificates}

    @cached_property
    def with_open_role(self) -> Mapping[Role, tuple[Person, ...]]:
        """Who holds each role now, no matter for what part of the organisation."""
        found: dict[Role, dict[str, Person]] = {role: {} for role in Role}
        for person in self:
            for grant in person.grants:
                if grant.period.open and isinstance(grant.role, Role) and not grant.void:
                    found[grant.role][person.id] = person
        return {role: tuple(people.values()) for role, people in found.items()}

    def besides(self, *others: People) -> Iterable[Person]:
        """Those who are not the same object in each of ``others``: among them is everybody who differs."""
        if not others:
            return self
        return [person for person in self if not all(other.by_id.get(person.id) is person for other in others)]


@dataclass(frozen=True)
class Roster:
    """``previous`` names the version it follows, or both rivals it settles. ``cutoffs`` maps certificate to checkpoint.

    ``policy`` holds rules of the organisation by their names. A rule this version does not know is kept in every version
    that follows, shown, and has no effect: it permits nothing and forbids nothing. This version knows those of
    ``working_days``, ``paper`` and
    ``case.acceptance``.
    """

    version: int
    previous: tuple[str, ...]
    organisation: str
    expires: date
    policy: Mapping[str, Setting]
    playbooks: tuple[AcceptedPlaybook, ...]
    people: People
    cutoffs: Mapping[str, str]

    def person(self, person_id: str) -> Person | None:
        return self.people.by_id.get(person_id)

    def called(self, person_id: str) -> str:
        """What somebody is called on the pages of a record; the id of somebody it does not list."""
        return self.people.called.get(person_id, person_id)

    def person_of_certificate(self, sha256: str) -> Person | None:
        return self.people.by_certificate.get(sha256)

    def playbook(self, sha256: str) -> AcceptedPlaybook | None:
        return next((item for item in self.playbooks if item.sha256 == sha256), None)

    def signer(self, sha256: str) -> Person | None:
        """Whose certificate this is, when it is one that signs."""
        person = self.person_of_certificate(sha256)
        found = person.certificate(sha256) if person else None
        return person if found and found.signs else None

    @cached_property
    def administrators(self) -> frozenset[str]:
        return frozenset(person.id for person in self.holders(Role.ADMINISTRATOR))

    def expired(self, day: date) -> bool:
        """Whether nothing new may be approved under this version on ``day``. Objecting is always possible."""
        return self.expires < day

    def holders(self, role: Role) -> tuple[Person, ...]:
        return self.people.with_open_role[role]
