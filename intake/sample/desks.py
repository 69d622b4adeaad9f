"""The desks of a sample that is there: whose data folders it has, and what each of these people is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intake.domain.organisation.roster import Role
from intake.sample.content import FOLDER
from intake.services.installation.settings_file import SettingsUnreadable
from intake.services.installation.workspace import Workspace

_ORDER = (Role.OWNER, Role.CISO, Role.CIO, Role.RECORDS, Role.ADMINISTRATOR, Role.AUDITOR)
"""The way of a use case, then who keeps the list of people."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's place in the sample. ``home`` is the data folder, ``role`` what the person is in the story."""

    person: str
    name: str
    role: Role
    home: Path


def desks_beside(home: Path, read: Callable[[str], bytes]) -> tuple[Desk, ...]:
    """The desks of the sample to which the data folder ``home`` belongs, in the order of a use case's way.

    Empty where it belongs to none. ``read`` gives resources by name.
    """
    if not _is_desk(home):
        return ()
    people = tomllib.loads(read(f"{FOLDER}/people.toml").decode())["people"]
    found = [
        Desk(person["id"], person["name"], Role(person["roles"][0]), home.with_name(person["id"]))
        for person in people
        if person.get("roles") and _is_desk(home.with_name(person["id"]))
    ]
    return tuple(sorted(found, key=lambda desk: _ORDER.index(desk.role)))


def _is_desk(home: Path) -> bool:
    space = Workspace(home)
    try:
        return space.register.is_file() and space.settings().sample
    except SettingsUnreadable:
        return False
