"""The fields in the act of a roster version, read strictly; its people are in a file that it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.domain import canonical
from intake.domain.acts import Act, MalformedAct, is_id
from intake.domain.canonical import Json, clean
from intake.domain.roster import AcceptedPlaybook, People, Roster, Setting
from intake.domain.roster_people import MAX_BYTES, PeopleFile, line
from intake.domain.terms import day

_MAX_IDS = 100
MAX_PLAYBOOKS = 100
_MAX_SETTINGS = 100
_MAX_TEXT = 10_000
_MAX_LINES = 1000
_NAME = re.compile(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RosterDocument:
    """A ``Roster`` without its people: ``people`` is the file they are in."""

    version: int
    previous: tuple[str, ...]
    organisation: str
    expires: date
    policy: Mapping[str, Setting]
    playbooks: tuple[AcceptedPlaybook, ...]
    people: PeopleFile
    cutoffs: Mapping[str, str]

    def with_people(self, people: People) -> Roster:
        """The whole version. Raises MalformedAct for fewer than two administrators."""
        made = Roster(
            self.version,
            self.previous,
            self.organisation,
            self.expires,
            self.policy,
            self.playbooks,
            people,
            self.cutoffs,
        )
        if len(made.administrators) < 2:
            raise MalformedAct(detail="a roster needs at least two administrators, so that nobody rules alone")
        return made


def roster_body(roster: Roster, people: PeopleFile) -> dict[str, Json]:
    """The body of the act that carries ``roster``, whose people are in the file ``people``."""
    return {
        "version": roster.version,
        "previous": list(roster.previous),
        "organisation": roster.organisation,
        "expires": roster.expires.isoformat(),
        "policy": roster_policy(roster),
        "playbooks": [item.as_json() for item in roster.playbooks],
        "people": people.as_json(),
        "cutoffs": dict(roster.cutoffs),
    }


def roster_policy(roster: Roster) -> dict[str, Json]:
    """The rules of an organisation as they are written."""
    return {name: list(item) if isinstance(item, tuple) else item for name, item in roster.policy.items()}


def read_document(act: Act) -> RosterDocument:
    """What a roster act says. Raises MalformedAct (or its kin) when it could not stand in any chain."""
    body = act.body
    expected = {"version", "previous", "organisation", "expires", "policy", "playbooks", "people", "cutoffs"}
    if body.keys() != expected:
        raise MalformedAct(detail="the roster's fields are not the expected ones")
    version, previous = body["version"], body["previous"]
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise MalformedAct(detail="the roster has no version number")
    made = RosterDocument(
        version=version,
        previous=_ids(previous),
        organisation=line(body["organisation"], wrong=MalformedAct),
        expires=day(body["expires"]),
        policy=_policy(body["policy"]),
        playbooks=_playbooks(body["playbooks"]),
        people=people_file(body["people"]),
        cutoffs=_cutoffs(body["cutoffs"]),
    )
    if bool(made.previous) == (version == 1):
        raise MalformedAct(detail="version 1 follows nothing, and every later version names what it follows")
    return made


def people_file(value: Json) -> PeopleFile:
    """The file of people that a roster names in its field ``people``. Raises MalformedAct."""
    if not isinstance(value, Mapping) or value.keys() != {"sha256", "size"} or not is_id(value["sha256"]):
        raise MalformedAct(detail="the roster does not name the file of its people by digest and size")
    size = value["size"]
    if not isinstance(size, int) or isinstance(size, bool) or not 0 < size <= MAX_BYTES:
        raise MalformedAct(detail=f"the file of its people has no size, or more than {MAX_BYTES} bytes")
    return PeopleFile(str(value["sha256"]), size)


def _policy(value: Json) -> dict[str, Setting]:
    if not isinstance(value, Mapping) or len(value) > _MAX_SETTINGS:
        raise MalformedAct(detail="the roster's policy is not a list of settings")
    if not all(_NAME.fullmatch(key) for key in value):
        raise MalformedAct(detail="a setting in the roster's policy has no proper name")
    return {key: _setting(item) for key, item in value.items()}


def _setting(value: Json) -> Setting:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and len(value) <= _MAX_TEXT and clean(value) == value:
        return value
    if isinstance(value, list) and len(value) <= _MAX_LINES:
        return tuple(line(item, wrong=MalformedAct) for item in value)
    raise MalformedAct(detail="a setting in the roster's policy is not a whole number, a text or a list of texts")


def _playbooks(value: Json) -> tuple[AcceptedPlaybook, ...]:
    if not isinstance(value, list) or len(value) > MAX_PLAYBOOKS:
        raise MalformedAct(detail=f"a list in the roster is missing or longer than {MAX_PLAYBOOKS}")
    made = tuple(_playbook(item) for item in value)
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
    if not isinstance(value, list) or len(value) > _MAX_IDS:
        raise MalformedAct(detail=f"a list in the roster is missing or longer than {_MAX_IDS}")
    listed = [str(item) for item in value if is_id(item)]
    if listed != sorted(set(listed)) or listed != value:
        raise MalformedAct(detail="a list of digests in the roster is not sorted and free of repeats")
    return tuple(listed)
