"""One version of the roster: who may do what, with which key, as a complete document.

Entries are never taken out: a role or a certificate that ends stays listed with the checkpoint that closes it. How
versions follow each other is decided in ``roster_history``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from intake.domain import canonical
from intake.domain.acts import Act, MalformedAct, is_id, is_person_id
from intake.domain.canonical import Json, clean
from intake.domain.certificates import public_key_info
from intake.domain.terms import day

MAX_PEOPLE = 2000
MAX_NAME = 200
MAX_PLAYBOOKS = 100


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    CIO = "cio"
    CISO = "ciso"
    OWNER = "owner"
    RECORDS = "records"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Period:
    """``since`` and ``until`` are days for people to read and for ``status``; ``end`` closes the entry for the fold.

    ``end`` is the act id of a checkpoint: what it covers keeps its right, what it does not cover has none in favour.
    """

    since: date
    until: date | None
    end: str

    @property
    def open(self) -> bool:
        return not self.end

    def holds_on(self, today: date) -> bool:
        return self.open and self.since <= today and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True)
class Certificate:
    sha256: str
    der: bytes
    period: Period

    @property
    def key(self) -> bytes:
        return public_key_info(self.der)

    def as_json(self) -> dict[str, Json]:
        return {"sha256": self.sha256, "der": base64.b64encode(self.der).decode(), **_period_json(self.period)}


GrantKey: TypeAlias = tuple[Role, str, date]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role a person holds. ``scope`` is empty (everywhere), a unit, or for an owner's successor the case id."""

    role: Role
    scope: str
    delegable: bool
    period: Period

    @property
    def key(self) -> GrantKey:
        """What makes it the same grant in every version, however it was closed."""
        return (self.role, self.scope, self.period.since)

    def covers(self, unit: str, case: str) -> bool:
        return self.scope in ("", unit, case)

    def as_json(self) -> dict[str, Json]:
        return {
            "role": self.role.value,
            "scope": self.scope,
            "delegable": self.delegable,
            **_period_json(self.period),
        }


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    unit: str
    certificates: tuple[Certificate, ...]
    grants: tuple[Grant, ...]

    def certificate(self, sha256: str) -> Certificate | None:
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


@dataclass(frozen=True, slots=True)
class AcceptedPlaybook:
    """A playbook that counts: the blob with its canonical JSON, ``size`` in bytes, and the engine that judges by it.

    ``engine`` is a number of ``intake.domain.engines``, or one that only a later version of the program knows.
    """

    sha256: str
    size: int
    engine: int

    def as_json(self) -> dict[str, Json]:
        return {"sha256": self.sha256, "size": self.size, "engine": self.engine}


@dataclass(frozen=True, slots=True)
class Roster:
    """``previous`` names the version it follows, or both rivals it settles. ``cutoffs`` maps certificate to checkpoint."""

    version: int
    previous: tuple[str, ...]
    organisation: str
    expires: date
    policy: Mapping[str, int]
    playbooks: tuple[AcceptedPlaybook, ...]
    people: tuple[Person, ...]
    cutoffs: Mapping[str, str]

    def person(self, person_id: str) -> Person | None:
        return next((person for person in self.people if person.id == person_id), None)

    def person_of_certificate(self, sha256: str) -> Person | None:
        return next((person for person in self.people if person.certificate(sha256)), None)

    def playbook(self, sha256: str) -> AcceptedPlaybook | None:
        return next((item for item in self.playbooks if item.sha256 == sha256), None)

    @property
    def administrators(self) -> frozenset[str]:
        return frozenset(person.id for person in self.people if person.holds(Role.ADMINISTRATOR))

    def expired(self, day: date) -> bool:
        """Whether nothing new may be approved under this version on ``day``. Objecting is always possible."""
        return self.expires < day

    def holders(self, role: Role) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.holds(role))

    def as_json(self) -> dict[str, Json]:
        return {
            "version": self.version,
            "previous": list(self.previous),
            "organisation": self.organisation,
            "expires": self.expires.isoformat(),
            "policy": dict(self.policy),
            "playbooks": [item.as_json() for item in self.playbooks],
            "people": [person.as_json() for person in self.people],
            "cutoffs": dict(self.cutoffs),
        }


def read_roster(act: Act) -> Roster:
    """The document in a roster act. Raises MalformedAct (or its kin) when it could not stand in any chain."""
    body = act.body
    expected = {"version", "previous", "organisation", "expires", "policy", "playbooks", "people", "cutoffs"}
    if body.keys() != expected:
        raise MalformedAct(detail="the roster's fields are not the expected ones")
    version, previous = body["version"], body["previous"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise MalformedAct(detail="the roster has no version number")
    people = tuple(_person(item) for item in _list(body["people"], MAX_PEOPLE))
    made = Roster(
        version=version,
        previous=_ids(previous),
        organisation=_line(body["organisation"]),
        expires=day(body["expires"]),
        policy=_policy(body["policy"]),
        playbooks=_playbooks(body["playbooks"]),
        people=people,
        cutoffs=_cutoffs(body["cutoffs"]),
    )
    if made.as_json() != body:
        raise MalformedAct(detail="the roster holds something its form does not have")
    _check_people(people)
    if len(made.administrators) < 2:
        raise MalformedAct(detail="a roster needs at least two administrators, so that nobody rules alone")
    if bool(made.previous) == (version == 1):
        raise MalformedAct(detail="version 1 follows nothing, and every later version names what it follows")
    return made


def _check_people(people: tuple[Person, ...]) -> None:
    ids = [person.id for person in people]
    if ids != sorted(set(ids)):
        raise MalformedAct(detail="the people of the roster are not in order or repeat")
    keys = [certificate.key for person in people for certificate in person.certificates]
    if len(keys) != len(set(keys)):
        raise MalformedAct(detail="the roster lists one public key twice")
    for person in people:
        if len({grant.key for grant in person.grants}) != len(person.grants):
            # With two entries for one grant, an open one beside a closed one would reopen it.
            raise MalformedAct(detail="the roster lists one role twice for the same person, place and first day")


def _person(value: Json) -> Person:
    if not isinstance(value, Mapping) or value.keys() != {"id", "name", "unit", "certs", "roles"}:
        raise MalformedAct(detail="a person of the roster is not fully described")
    if not is_person_id(value["id"]):
        raise MalformedAct(detail="a person of the roster has no proper id")
    return Person(
        id=str(value["id"]),
        name=_line(value["name"]),
        unit=_line(value["unit"], empty=True),
        certificates=tuple(_certificate(item) for item in _list(value["certs"], 50)),
        grants=tuple(_grant(item) for item in _list(value["roles"], 50)),
    )


def _certificate(value: Json) -> Certificate:
    if not isinstance(value, Mapping) or not isinstance(value.get("der"), str):
        raise MalformedAct(detail="a certificate of the roster is not fully described")
    try:
        der = base64.b64decode(str(value["der"]), validate=True)
    except (binascii.Error, ValueError):
        raise MalformedAct(detail="a certificate of the roster is not Base64") from None
    if canonical.sha256(der) != value.get("sha256"):
        raise MalformedAct(detail="a certificate of the roster does not match its digest")
    return Certificate(canonical.sha256(der), der, _period(value))


def _grant(value: Json) -> Grant:
    if not isinstance(value, Mapping) or value.get("role") not in [str(role) for role in Role]:
        raise MalformedAct(detail="a role of the roster is not one this version knows")
    delegable = value.get("delegable")
    if not isinstance(delegable, bool):
        raise MalformedAct(detail="a role of the roster does not say whether it can be delegated")
    return Grant(Role(str(value["role"])), _line(value.get("scope"), empty=True), delegable, _period(value))


def _period(value: Mapping[str, Json]) -> Period:
    until, end = value.get("until"), value.get("end")
    if until is not None and not isinstance(until, str):
        raise MalformedAct(detail="a period of the roster has no proper last day")
    if end != "" and not is_id(end):
        raise MalformedAct(detail="a period of the roster is closed by something that is not a checkpoint")
    return Period(day(value.get("from")), day(until) if until is not None else None, str(end))


def _period_json(period: Period) -> dict[str, Json]:
    until = period.until.isoformat() if period.until else None
    return {"from": period.since.isoformat(), "until": until, "end": period.end}


def _policy(value: Json) -> dict[str, int]:
    if not isinstance(value, Mapping) or len(value) > 100:
        raise MalformedAct(detail="the roster's policy is not a list of settings")
    made: dict[str, int] = {}
    for key, item in value.items():
        if not isinstance(item, int) or isinstance(item, bool):
            raise MalformedAct(detail="a setting in the roster's policy is not a whole number")
        made[key] = item
    return made


def _playbooks(value: Json) -> tuple[AcceptedPlaybook, ...]:
    made = tuple(_playbook(item) for item in _list(value, MAX_PLAYBOOKS))
    names = [item.sha256 for item in made]
    if names != sorted(set(names)):
        raise MalformedAct(detail="the playbooks of the roster are not in order or repeat")
    return made


def _playbook(value: Json) -> AcceptedPlaybook:
    if not isinstance(value, Mapping) or value.keys() != {"sha256", "size", "engine"} or not is_id(value["sha256"]):
        raise MalformedAct(detail="a playbook of the roster is not fully described")
    return AcceptedPlaybook(
        str(value["sha256"]),
        _number(value["size"], canonical.MAX_BYTES),
        _number(value["engine"], canonical.MAX_INTEGER),
    )


def _number(value: Json, limit: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= limit:
        raise MalformedAct(detail=f"a number of a playbook in the roster is not between 1 and {limit}")
    return value


def _cutoffs(value: Json) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(is_id(key) and is_id(item) for key, item in value.items()):
        raise MalformedAct(detail="the roster's cut-offs do not pair a certificate with a checkpoint")
    return {key: str(item) for key, item in value.items()}


def _ids(value: Json) -> tuple[str, ...]:
    listed = [str(item) for item in _list(value, 100) if is_id(item)]
    if listed != sorted(set(listed)) or listed != value:
        raise MalformedAct(detail="a list of digests in the roster is not sorted and free of repeats")
    return tuple(listed)


def _list(value: Json, limit: int) -> Iterator[Json]:
    if not isinstance(value, list) or len(value) > limit:
        raise MalformedAct(detail=f"a list in the roster is missing or longer than {limit}")
    return iter(value)


def _line(value: Json, *, empty: bool = False) -> str:
    if not isinstance(value, str) or len(value) > MAX_NAME or "\n" in value or clean(value).strip() != value:
        raise MalformedAct(detail="a name in the roster is not one line of plain text")
    if not value and not empty:
        raise MalformedAct(detail="a name in the roster is empty")
    return value
