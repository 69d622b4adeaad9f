"""A statement of standing: what became of one record, as somebody who may say so knew it on one day, in one signed file.

It is for people who have the PDF and neither a register nor the acts. It is no act: it has a form of its own, belongs to no
stream, and changes nothing in any case. What it may be believed for, and until when, is decided where it is judged
(``services.proving.statements``); here is its one exact form. ``heads`` are the newest acts of every stream of the case that its
signer knew, so that a reader with acts can tell which of the two knows more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn

from intake.domain.acts.envelope import MAX_AFTER, MAX_APP, moment
from intake.domain.acts.kinds import Office
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.names import is_id, is_person_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.wording import Wording
from intake.domain.case.record_standing import RecordStands, Standing, StandsBy, superseded_by
from intake.domain.case.standing_said import KnownBy
from intake.domain.case.standings import End
from intake.domain.terms.terms import UnreadableTerms
from intake.domain.terms.terms import day as read_day

FORMAT = "countersign/standing/1"
STATED = tuple(item for item in Standing if item not in (Standing.NOTICE, Standing.NOT_KNOWN))
"""What can be stated. Nobody signs that they do not know."""
MAX_BY = 200

NOT_BEGUN_AS_STATEMENT = Wording("NotBegunAsStatement", "its content does not begin as a statement of standing does")
_FIELDS_ODD = Wording("StatementFieldsOdd", "its fields are not the expected ones ({fields})")
_FIELD_ODD = Wording("StatementFieldOdd", "its field “{field}” does not have the right form")
_DO_NOT_FIT = Wording("StatementFieldsDoNotFit", "its fields do not fit what it says became of the record")


class MalformedStatement(Refusal):
    what = "This file is not a statement of standing: {detail}."
    why = "Only the exact form is read, so that every program understands the same thing."
    next = "Ask the records team for a statement of standing of this record."


class NotAStatement(MalformedStatement):
    what = "This is signed, but it is not a statement of standing: {detail}."
    why = "A signature over something else, such as an act or an e-mail, says nothing about what became of a record."


@dataclass(frozen=True, slots=True)
class StandingStatement:
    """``record`` is the SHA-256 of the PDF. ``known_on`` is the day of what its signer's picture rested on (``known_by``)."""

    org: str
    roster: str
    person: str
    signer: str
    at: datetime
    app: str
    case: str
    record: str
    stands: RecordStands
    known_on: date
    known_by: KnownBy
    heads: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        found = self.stands
        return {
            "format": FORMAT,
            "org": self.org,
            "roster": self.roster,
            "person": self.person,
            "signer": self.signer,
            "at": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
            "app": self.app,
            "case": self.case,
            "record": self.record,
            "standing": found.standing.value,
            "own": found.own,
            "since": _day(found.since),
            "begins": _day(found.begins),
            "until": _day(found.until),
            "by": [
                {"act": item.act, "person": item.person, "office": item.office, "day": item.day.isoformat()}
                for item in found.by
            ],
            "ended_by": {
                "how": found.end.value if found.end else "",
                "revision": found.revision,
                "record": found.record,
            },
            "known_on": self.known_on.isoformat(),
            "known_by": self.known_by.value,
            "heads": list(self.heads),
        }


_KEYS = frozenset(
    "format org roster person signer at app case record standing own since begins until by ended_by known_on known_by"
    " heads".split()
)


def write_statement(statement: StandingStatement) -> bytes:
    """The bytes to sign. Raises MalformedStatement for one that nobody could read back, or canonical.NotCanonical."""
    encoded = canonical.dump(statement.as_json())
    read_statement(encoded)
    return encoded


def read_statement(encoded: bytes) -> StandingStatement:
    """Read the content of a verified signature. Raises NotAStatement, MalformedStatement or canonical.NotCanonical."""
    value = canonical.parse(encoded)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise NotAStatement(detail=NOT_BEGUN_AS_STATEMENT())
    if value.keys() != _KEYS:
        raise MalformedStatement(detail=_FIELDS_ODD(fields=", ".join(sorted(value.keys() ^ _KEYS))[:80]))
    read = _Reading(value)
    standing, known_by = read.one_of("standing", STATED), read.one_of("known_by", (KnownBy.CHECKPOINT, KnownBy.ACT))
    return StandingStatement(
        org=read.digest("org"),
        roster=read.digest("roster"),
        person=read.person("person"),
        signer=read.digest("signer"),
        at=moment(value["at"]),
        app=read.short("app"),
        case=read.digest("case"),
        record=read.digest("record"),
        stands=_stands(read, Standing(standing)),
        known_on=read.sure_day("known_on"),
        known_by=KnownBy(known_by),
        heads=read.digests("heads"),
    )


def _stands(read: _Reading, standing: Standing) -> RecordStands:
    ended = read.inner("ended_by", frozenset({"how", "revision", "record"}))
    how = ended.one_of("how", ("", *End))
    revision, record = ended.number("revision"), ended.digest("record", empty=True)
    end = End(how) if how else None
    found = RecordStands(
        standing,
        own=read.flag("own"),
        since=read.day("since"),
        by=tuple(_by(item) for item in read.each("by", frozenset({"act", "person", "office", "day"}), MAX_BY)),
        begins=read.day("begins"),
        until=read.day("until"),
        end=end,
        revision=revision,
        record=record,
        reason=superseded_by(end, revision, record) if end else None,
    )
    if not _fits(found):
        raise MalformedStatement(detail=_DO_NOT_FIT())
    return found


def _fits(found: RecordStands) -> bool:
    """Whether the fields are those of this standing, so that two readers cannot make two things of one statement."""
    dated = found.standing in (Standing.IN_FORCE, Standing.EXPIRED)
    return (
        (not dated or found.until is not None)
        and (found.end is not None) == (found.standing is Standing.SUPERSEDED)
        and (found.end is not None or not (found.revision or found.record))
        and (not found.own or found.standing in (Standing.DECLINED, Standing.WITHDRAWN))
        and (found.since is not None) >= (found.standing in _SINCE)
    )


_SINCE = (
    Standing.SUSPENDED,
    Standing.SUPERSEDED,
    Standing.EXPIRED,
    Standing.RETIRED,
    Standing.WITHDRAWN,
    Standing.DECLINED,
)


def _by(read: _Reading) -> StandsBy:
    office = read.one_of("office", ("", *(item.value for item in Office)))
    return StandsBy(read.digest("act"), read.person("person"), office, read.sure_day("day"))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One object of a statement; whatever has not the right form is refused by the name of its field."""

    value: Mapping[str, Json]

    def digest(self, key: str, *, empty: bool = False) -> str:
        found = self.value[key]
        if not (is_id(found) or (empty and found == "")):
            _odd(key)
        return str(found)

    def person(self, key: str) -> str:
        found = self.value[key]
        if not is_person_id(found):
            _odd(key)
        return str(found)

    def short(self, key: str) -> str:
        found = self.value[key]
        if not isinstance(found, str) or len(found) > MAX_APP:
            _odd(key)
        return found

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        found = self.value[key]
        if not isinstance(found, str) or found not in known:
            _odd(key)
        return found

    def flag(self, key: str) -> bool:
        found = self.value[key]
        if not isinstance(found, bool):
            _odd(key)
        return found

    def number(self, key: str) -> int:
        found = self.value[key]
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            _odd(key)
        return found

    def day(self, key: str) -> date | None:
        return None if self.value[key] is None else self.sure_day(key)

    def sure_day(self, key: str) -> date:
        try:
            return read_day(self.value[key])
        except UnreadableTerms:
            _odd(key)

    def digests(self, key: str) -> tuple[str, ...]:
        found = self.value[key]
        if not isinstance(found, list) or not 0 < len(found) <= MAX_AFTER or not all(map(is_id, found)):
            _odd(key)
        names = tuple(map(str, found))
        if list(names) != sorted(set(names)):
            _odd(key)
        return names

    def inner(self, key: str, keys: frozenset[str]) -> _Reading:
        return _object(key, self.value[key], keys)

    def each(self, key: str, keys: frozenset[str], most: int) -> list[_Reading]:
        found = self.value[key]
        if not isinstance(found, list) or len(found) > most:
            _odd(key)
        return [_object(key, item, keys) for item in found]


def _object(key: str, found: Json, keys: frozenset[str]) -> _Reading:
    if not isinstance(found, dict) or found.keys() != keys:
        _odd(key)
    return _Reading(found)


def _odd(key: str) -> NoReturn:
    raise MalformedStatement(detail=_FIELD_ODD(field=key))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
