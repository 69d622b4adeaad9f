"""The people of a roster as a file: canonical JSON, sorted by person id, named by digest in the act of the roster.

An act of 1 MiB would end at some 1,300 people. Here each person is read on their own and compared with what we would
have written, byte for byte, so that a file has one reading and a large one is never held in memory as JSON. A version
repeats nearly everybody of the one before: a person whose bytes have not changed is not read again, and is the same object.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import pairwise
from typing import Protocol, TypeAlias

from intake.domain.acts.envelope import MalformedAct
from intake.domain.acts.kinds.roster import MAX_PEOPLE_BYTES, PeopleFile
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.names import is_id, is_person_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import is_blank, is_line
from intake.domain.base.wording import Wording
from intake.domain.organisation.roster import Grant, ListedCertificate, People, Period, Person, Role
from intake.domain.terms.terms import day

_PEOPLE_TAKE_TOO_MUCH = Wording("PeopleTakeTooMuch", "they take {bytes} bytes, the limit is {limit}")
_PEOPLE_NOT_A_LIST = Wording("PeopleNotAList", "the file is not a list of people")
_PERSON_NOT_CANONICAL = Wording("PersonNotCanonical", "the entry of {person} is not in canonical form")
_PEOPLE_NOT_IN_ORDER = Wording("PeopleNotInOrder", "they are not in order or repeat")
_KEY_LISTED_TWICE = Wording("KeyListedTwice", "it lists one public key twice")
_PERSON_NOT_DESCRIBED = Wording("PersonNotDescribed", "a person is not fully described")
_PERSON_WITHOUT_ID = Wording("PersonWithoutId", "a person has no proper id")
_ROLE_TWICE = Wording("RoleTwice", "{person} has one role twice for the same place and first day")
_CERTIFICATE_NOT_DESCRIBED = Wording("CertificateNotDescribed", "a certificate is not fully described")
_CERTIFICATE_DIFFERS = Wording("CertificateDiffers", "a certificate does not match its digest")
_ROLE_NOT_DESCRIBED = Wording("RoleNotDescribed", "a role is not fully described")
_ROLE_SILENT_ON_DELEGATION = Wording("RoleSilentOnDelegation", "a role does not say whether it can be delegated")
_PERIOD_WITHOUT_LAST_DAY = Wording("PeriodWithoutLastDay", "a period has no proper last day")
_PERIOD_CLOSED_ODDLY = Wording("PeriodClosedOddly", "a period is closed by something that is not a checkpoint")
_PERIOD_WITHOUT_FIRST_DAY = Wording("PeriodWithoutFirstDay", "a period has no proper first day")
_USE_NOT_ONE_WORD = Wording("UseNotOneWord", "what a certificate is for is not written as one word")
_ROLE_NOT_ONE_WORD = Wording("RoleNotOneWord", "a role is not written as one word")
_ENTRIES_TOO_MANY = Wording("EntriesTooMany", "certificates or roles are missing or more than {limit}")
_NAME_NOT_ONE_LINE = Wording("NameNotOneLine", "a name in the roster is not one line of plain text")
_NAME_EMPTY = Wording("NameEmpty", "a name in the roster is empty")
_PEOPLE_TOO_MANY = Wording("PeopleTooMany", "they are more than {limit}")
_PEOPLE_FILE_OF_OTHER_SIZE = Wording("PeopleFileOfOtherSize", "the file has {bytes} bytes, and the roster says {said}")
_PERSON_NOT_JSON = Wording("PersonNotJson", "a person is not written as JSON")
_CERTIFICATE_NOT_BASE = Wording("CertificateNotBase", "a certificate is not Base64")

MAX_PEOPLE = 100_000
MAX_NAME = 200
MAX_ENTRIES = 50
"""Certificates of a person, and roles of a person."""

_START = b'{"certs":'
"""Every person begins so, and a text inside cannot hold it: its quotation marks would be escaped."""
_WORD = re.compile(r"[a-z][a-z0-9-]{0,39}")
_FIELDS = frozenset({"id", "name", "unit", "certs", "roles"})
_day = lru_cache(4096)(day)


class MalformedPeople(MalformedAct):
    what = "The people of this roster cannot be read: {detail}."
    why = "Everybody must read the same people in a roster, so only the exact form is read."
    next = "Ask the administrators who wrote it to sign a version that can be read."


PeopleOf: TypeAlias = Callable[[PeopleFile], People | None]
"""Gives the people in a file; None while it is not here. Raises MalformedPeople or its kin."""


def write_people(people: Iterable[Person]) -> bytes:
    """The bytes of the file. Raises MalformedPeople when they would not be read again, NotCanonical for a bad text."""
    listed = sorted(people, key=lambda person: person.id)
    data = b"[" + b",".join(canonical.dump_large(person.as_json()) for person in listed) + b"]"
    read_people(data)
    return data


def read_people(data: bytes, known: dict[bytes, Person] | None = None) -> People:
    """The people in the bytes of a file. Raises MalformedPeople, UnreadableTerms (a bad day) or UnreadableCertificate.

    ``known`` holds people by the SHA-256 of their bytes; who is not among them is read and added.
    """
    if len(data) > MAX_PEOPLE_BYTES:
        raise MalformedPeople(detail=_PEOPLE_TAKE_TOO_MUCH(bytes=len(data), limit=MAX_PEOPLE_BYTES))
    known = {} if known is None else known
    found: list[Person] = []
    for part in _parts(data):
        if len(found) == MAX_PEOPLE:
            raise MalformedPeople(detail=_PEOPLE_TOO_MANY(limit=MAX_PEOPLE))
        digest = sha256(part).digest()
        person = known.get(digest)
        if person is None:
            person = known[digest] = _read(part)
        found.append(person)
    _check(found)
    return People(found)


class Files(Protocol):
    """Files by their SHA-256, as in a dictionary. The code that stores or carries them has checked that the bytes are right."""

    def __contains__(self, sha256: str, /) -> bool: ...

    def __getitem__(self, sha256: str, /) -> bytes: ...


class PeopleReader:
    """Reads each file once, and keeps what it has read for as long as it lives itself.

    Whether a file is here is asked every time: an answer depends on the files alone, never on what was read before.
    """

    def __init__(self) -> None:
        self._files: dict[PeopleFile, People | Refusal] = {}
        self._known: dict[bytes, Person] = {}

    def over(self, files: Files) -> PeopleOf:
        return lambda named: self.read(named, files)

    def read(self, named: PeopleFile, files: Files) -> People | None:
        """As ``PeopleOf``."""
        if named.sha256 not in files:
            return None
        if named not in self._files:
            try:
                data = files[named.sha256]
            except KeyError:
                return None  # taken away since it was asked for
            self._files[named] = self._first(named, data)
        found = self._files[named]
        if isinstance(found, Refusal):
            raise found
        return found

    def _first(self, named: PeopleFile, data: bytes) -> People | Refusal:
        if PeopleFile.of(data) != named:
            return MalformedPeople(detail=_PEOPLE_FILE_OF_OTHER_SIZE(bytes=len(data), said=named.size))
        try:
            return read_people(data, self._known)
        except Refusal as refusal:
            return refusal


def _parts(data: bytes) -> Iterator[bytes]:
    """The bytes of each person, in a list without spaces. Whether they are one is for ``_read`` to say."""
    if data == b"[]":
        return
    if not data.startswith(b"[" + _START) or not data.endswith(b"]"):
        raise MalformedPeople(detail=_PEOPLE_NOT_A_LIST())
    at = 1
    while (end := data.find(b"," + _START, at)) >= 0:
        yield data[at:end]
        at = end + 1
    yield data[at:-1]


def _read(part: bytes) -> Person:
    try:
        value: Json = json.loads(part)
    except (ValueError, RecursionError):
        raise MalformedPeople(detail=_PERSON_NOT_JSON()) from None
    person = _person(value)
    # Doubled keys, spaces, other orders, escapes and fields this form does not have all end here.
    if canonical.dump_checked(person.as_json()) != part:
        raise MalformedPeople(detail=_PERSON_NOT_CANONICAL(person=person.id))
    return person


def _check(people: list[Person]) -> None:
    ids = [person.id for person in people]
    if any(one >= other for one, other in pairwise(ids)):
        raise MalformedPeople(detail=_PEOPLE_NOT_IN_ORDER())
    keys = [certificate.key for person in people for certificate in person.certificates]
    if len(keys) != len(set(keys)):
        raise MalformedPeople(detail=_KEY_LISTED_TWICE())


def _person(value: Json) -> Person:
    if not isinstance(value, Mapping) or value.keys() != _FIELDS:
        raise MalformedPeople(detail=_PERSON_NOT_DESCRIBED())
    if not is_person_id(value["id"]):
        raise MalformedPeople(detail=_PERSON_WITHOUT_ID())
    made = Person(
        id=str(value["id"]),
        name=line(value["name"]),
        unit=line(value["unit"], empty=True),
        certificates=tuple(_certificate(item) for item in _entries(value["certs"])),
        grants=tuple(_grant(item) for item in _entries(value["roles"])),
    )
    if len({grant.key for grant in made.grants}) != len(made.grants):
        # With two entries for one grant, an open one beside a closed one would reopen it.
        raise MalformedPeople(detail=_ROLE_TWICE(person=made.id))
    return made


def _certificate(value: Json) -> ListedCertificate:
    if not isinstance(value, Mapping) or not isinstance(value.get("der"), str):
        raise MalformedPeople(detail=_CERTIFICATE_NOT_DESCRIBED())
    try:
        der = base64.b64decode(str(value["der"]), validate=True)
    except (binascii.Error, ValueError):
        raise MalformedPeople(detail=_CERTIFICATE_NOT_BASE()) from None
    if canonical.sha256(der) != value.get("sha256"):
        raise MalformedPeople(detail=_CERTIFICATE_DIFFERS())
    return ListedCertificate(str(value["sha256"]), der, _period(value), _word(value.get("use"), _USE_NOT_ONE_WORD))


def _grant(value: Json) -> Grant:
    if not isinstance(value, Mapping):
        raise MalformedPeople(detail=_ROLE_NOT_DESCRIBED())
    delegable = value.get("delegable")
    if not isinstance(delegable, bool):
        raise MalformedPeople(detail=_ROLE_SILENT_ON_DELEGATION())
    role = _word(value.get("role"), _ROLE_NOT_ONE_WORD)
    # What this version knows is the constant itself: everywhere a role is asked for by ``is``.
    return Grant(_ROLES.get(role, role), line(value.get("scope"), empty=True), delegable, _period(value))


def _period(value: Mapping[str, Json]) -> Period:
    until, end = value.get("until"), value.get("end")
    if until is not None and not isinstance(until, str):
        raise MalformedPeople(detail=_PERIOD_WITHOUT_LAST_DAY())
    if end != "" and not is_id(end):
        raise MalformedPeople(detail=_PERIOD_CLOSED_ODDLY())
    since = value.get("from")
    if not isinstance(since, str):
        raise MalformedPeople(detail=_PERIOD_WITHOUT_FIRST_DAY())
    return Period(_day(since), _day(until) if until is not None else None, str(end))


def _word(value: Json, wrong: Wording) -> str:
    """A word of a closed list that a newer version may have made longer: it is kept whether it is known or not."""
    if not isinstance(value, str) or not _WORD.fullmatch(value):
        raise MalformedPeople(detail=wrong())
    return value


def _entries(value: Json) -> Iterator[Json]:
    if not isinstance(value, list) or len(value) > MAX_ENTRIES:
        raise MalformedPeople(detail=_ENTRIES_TOO_MANY(limit=MAX_ENTRIES))
    return iter(value)


def line(value: Json, *, empty: bool = False, wrong: type[MalformedAct] = MalformedPeople) -> str:
    """One line of plain text, as a roster may contain it. Raises ``wrong``."""
    if not isinstance(value, str) or len(value) > MAX_NAME or not is_line(value):
        raise wrong(detail=_NAME_NOT_ONE_LINE())
    if is_blank(value) and not (empty and not value):
        raise wrong(detail=_NAME_EMPTY())
    return value


_ROLES: Mapping[str, str] = {str(role): role for role in Role}
