"""A version of the roster: who belongs to the organisation, what for, and what it relies on. Its people are in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import (
    DIGEST,
    MAX_LINE,
    MAX_TEXT,
    NAME,
    ActIdsForm,
    DayForm,
    FieldForm,
    LineForm,
    NumberForm,
    closed,
)
from intake.domain.base import canonical
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.names import is_id
from intake.domain.base.visible import is_blank, is_line
from intake.domain.base.wording import Caption, Wording
from intake.domain.terms.boundaries import FieldTables

_CALLED = Caption("CalledRoster", "Version of the roster")
_SETTING_OF_ODD_TYPE = Wording(
    "SettingOfOddType", "a setting in the roster's policy is not a whole number, a text or a list of texts"
)
_SETTING_NOT_ONE_LINE = Wording("SettingNotOneLine", "a text in the roster's policy is not one line of plain text")
_SETTING_EMPTY = Wording("SettingEmpty", "a text in the roster's policy is empty")
_PLAYBOOK_NOT_DESCRIBED = Wording("PlaybookNotDescribed", "a playbook of the roster is not fully described")
_PLAYBOOK_NUMBER_ODD = Wording("PlaybookNumberOdd", "a number of a playbook in the roster is not between 1 and {limit}")
_POLICY_NOT_A_LIST = Wording("PolicyNotAList", "the roster's policy is not a list of settings")
_SETTING_WITHOUT_NAME = Wording("SettingWithoutName", "a setting in the roster's policy has no proper name")
_ROSTER_LIST_TOO_LONG = Wording("RosterListTooLong", "a list in the roster is missing or longer than {limit}")
_PLAYBOOKS_NOT_IN_ORDER = Wording("PlaybooksNotInOrder", "the playbooks of the roster are not in order or repeat")
_PEOPLE_FILE_NOT_NAMED = Wording(
    "PeopleFileNotNamed", "the roster does not name the file of its people by digest and size"
)
_PEOPLE_FILE_TOO_LARGE = Wording("PeopleFileTooLarge", "the file of its people has no size, or more than {limit} bytes")
_CUT_OFFS_ODD = Wording("CutOffsOdd", "the roster's cut-offs do not pair a certificate with a checkpoint")
_NO_VERSION = Wording("RosterWithoutVersion", "the roster has no version number")
_VERSION_FOLLOWS_ODDLY = Wording(
    "VersionFollowsOddly", "version 1 follows nothing, and every later version names what it follows"
)

MAX_PLAYBOOKS = 100
MAX_PEOPLE_BYTES = 128 << 20
"""Bytes of the file of people: 100,000 with 1.3 kB each. A person with one EC key and one role takes 0.8 kB."""
_MAX_IDS = 100
_MAX_SETTINGS = 100
_MAX_LINES = 1000

Setting: TypeAlias = int | str | tuple[str, ...]
"""The value of a rule of the organisation: a whole number, a text, or a list of lines."""


@dataclass(frozen=True, slots=True)
class AcceptedPlaybook:
    """A playbook that counts: the blob with its canonical JSON, ``size`` in bytes, and the engine that judges by it.

    ``engine`` is the number of an engine, or one that only a later version of the program knows.
    """

    sha256: str
    size: int
    engine: int

    def as_json(self) -> dict[str, Json]:
        return {"sha256": self.sha256, "size": self.size, "engine": self.engine}


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What the act says of the file with the people: the SHA-256 of its bytes, and how many they are."""

    sha256: str
    size: int

    @classmethod
    def of(cls, data: bytes) -> PeopleFile:
        return cls(canonical.sha256(data), len(data))

    def as_json(self) -> dict[str, Json]:
        return {"sha256": self.sha256, "size": self.size}


@dataclass(frozen=True, slots=True)
class RosterBody:
    """``previous`` are the versions it follows, ``cutoffs`` certificates with the checkpoint they are cut off at."""

    version: int
    previous: tuple[str, ...]
    organisation: str
    expires: date
    policy: Mapping[str, Setting]
    playbooks: tuple[AcceptedPlaybook, ...]
    people: PeopleFile
    cutoffs: Mapping[str, str]

    def as_json(self) -> dict[str, Json]:
        return RosterKind.fields.write(self)


class PolicyForm(FieldForm[Mapping[str, Setting]]):
    """Rules of an organisation by name; those a program does not know say nothing to it."""

    def read(self, _key: str, value: Json, _tables: FieldTables) -> dict[str, Setting]:
        if not isinstance(value, Mapping) or len(value) > _MAX_SETTINGS:
            raise MalformedAct(detail=_POLICY_NOT_A_LIST())
        if not all(NAME.fullmatch(key) for key in value):
            raise MalformedAct(detail=_SETTING_WITHOUT_NAME())
        return {key: _setting(item) for key, item in value.items()}

    def write(self, value: Mapping[str, Setting]) -> dict[str, Json]:
        return {name: list(item) if isinstance(item, tuple) else item for name, item in value.items()}

    @property
    def schema(self) -> Mapping[str, Json]:
        texts: Json = {"type": "array", "items": LineForm().schema, "maxItems": _MAX_LINES}
        setting: Json = {"anyOf": [{"type": "integer"}, LineForm(optional=True, limit=MAX_TEXT).schema, texts]}
        return {
            "type": "object", "maxProperties": _MAX_SETTINGS, "additionalProperties": setting,
            "propertyNames": {"pattern": f"^{NAME.pattern}$"},
        }  # fmt: skip


class PlaybooksForm(FieldForm[tuple[AcceptedPlaybook, ...]]):
    """In order of their digests, none twice."""

    def read(self, _key: str, value: Json, _tables: FieldTables) -> tuple[AcceptedPlaybook, ...]:
        if not isinstance(value, list) or len(value) > MAX_PLAYBOOKS:
            raise MalformedAct(detail=_ROSTER_LIST_TOO_LONG(limit=MAX_PLAYBOOKS))
        made = tuple(_playbook(item) for item in value)
        names = [item.sha256 for item in made]
        if names != sorted(set(names)):
            raise MalformedAct(detail=_PLAYBOOKS_NOT_IN_ORDER())
        return made

    def write(self, value: tuple[AcceptedPlaybook, ...]) -> Json:
        return [item.as_json() for item in value]

    @property
    def schema(self) -> Mapping[str, Json]:
        entry = closed(
            {
                "sha256": DIGEST,
                "size": {"type": "integer", "minimum": 1, "maximum": canonical.MAX_BYTES},
                "engine": {"type": "integer", "minimum": 1, "maximum": MAX_INTEGER},
            }
        )
        return {
            "type": "array", "items": entry, "maxItems": MAX_PLAYBOOKS, "description": "Sorted by sha256, none twice.",
        }  # fmt: skip


class PeopleForm(FieldForm[PeopleFile]):
    def read(self, _key: str, value: Json, _tables: FieldTables) -> PeopleFile:
        if not isinstance(value, Mapping) or value.keys() != {"sha256", "size"} or not is_id(value["sha256"]):
            raise MalformedAct(detail=_PEOPLE_FILE_NOT_NAMED())
        size = value["size"]
        if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= MAX_PEOPLE_BYTES:
            raise MalformedAct(detail=_PEOPLE_FILE_TOO_LARGE(limit=MAX_PEOPLE_BYTES))
        return PeopleFile(str(value["sha256"]), size)

    def write(self, value: PeopleFile) -> Json:
        return value.as_json()

    @property
    def schema(self) -> Mapping[str, Json]:
        return closed({"sha256": DIGEST, "size": {"type": "integer", "minimum": 1, "maximum": MAX_PEOPLE_BYTES}})


class CutoffsForm(FieldForm[Mapping[str, str]]):
    """SHA-256 of a certificate to the checkpoint beyond which nothing it signed counts."""

    def read(self, _key: str, value: Json, _tables: FieldTables) -> dict[str, str]:
        if not isinstance(value, Mapping) or not all(is_id(key) and is_id(item) for key, item in value.items()):
            raise MalformedAct(detail=_CUT_OFFS_ODD())
        return {key: str(item) for key, item in value.items()}

    def write(self, value: Mapping[str, str]) -> Json:
        return dict(value)

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "object", "propertyNames": DIGEST, "additionalProperties": DIGEST}


class RosterKind(ActKind[RosterBody]):
    name = "roster"
    called = _CALLED()
    place = Place.ORGANISATION
    effect = Effect.RULES
    under_roster = False
    before_organisation = True
    fields = Fields(
        {
            "version": NumberForm(_NO_VERSION),
            "previous": ActIdsForm(limit=_MAX_IDS),
            "organisation": LineForm(),
            "expires": DayForm(),
            "policy": PolicyForm(),
            "playbooks": PlaybooksForm(),
            "people": PeopleForm(),
            "cutoffs": CutoffsForm(),
        }
    )

    def make(self, _act: Act, values: dict[str, Any]) -> RosterBody:
        made = RosterBody(**values)
        if bool(made.previous) == (made.version == 1):
            raise MalformedAct(detail=_VERSION_FOLLOWS_ODDLY())
        return made

    def files(self, body: RosterBody) -> frozenset[str]:
        return frozenset({body.people.sha256, *(item.sha256 for item in body.playbooks)})

    def carried(self, act: Act, _body: Callable[[], RosterBody]) -> frozenset[str]:
        """Its people and the playbooks it accepts, as far as it names any: also of a version that is refused.

        A playbook that only the administrators have is of no use to those who are to answer it.
        """
        listed, people = act.body.get("playbooks"), act.body.get("people")
        entries = [item for item in listed if isinstance(item, Mapping)] if isinstance(listed, list) else []
        entries += [people] if isinstance(people, Mapping) else []
        return frozenset(str(item["sha256"]) for item in entries if is_id(item.get("sha256")))


def _setting(value: Json) -> Setting:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        # Endorsers read it as a part of a sentence, so it cannot begin another one below.
        if not is_line(value):
            raise MalformedAct(detail=_SETTING_NOT_ONE_LINE())
        return value
    if isinstance(value, list) and len(value) <= _MAX_LINES:
        return tuple(_line(item) for item in value)
    raise MalformedAct(detail=_SETTING_OF_ODD_TYPE())


def _line(value: Json) -> str:
    if not isinstance(value, str) or len(value) > MAX_LINE or not is_line(value):
        raise MalformedAct(detail=_SETTING_NOT_ONE_LINE())
    if is_blank(value):
        raise MalformedAct(detail=_SETTING_EMPTY())
    return value


def _playbook(value: Json) -> AcceptedPlaybook:
    if not isinstance(value, Mapping) or value.keys() != {"sha256", "size", "engine"} or not is_id(value["sha256"]):
        raise MalformedAct(detail=_PLAYBOOK_NOT_DESCRIBED())
    return AcceptedPlaybook(
        str(value["sha256"]),
        _number(value["size"], canonical.MAX_BYTES),
        _number(value["engine"], MAX_INTEGER),
    )


def _number(value: Json, limit: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= limit:
        raise MalformedAct(detail=_PLAYBOOK_NUMBER_ODD(limit=limit))
    return value


POLICY = PolicyForm()
ROSTER = RosterKind()
