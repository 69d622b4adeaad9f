"""Whom and what a form offers where a person or a unit is asked for: what the roster in force lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class PeopleOffered:
    """Whom and what a form can offer where a person or a unit is asked for. ``name`` and ``unit`` are of the person at it.

    ``people`` are names with their units, ``units`` each unit once; both empty without a roster. Somebody who is not among
    them can always be typed.
    """

    name: str = ""
    unit: str = ""
    people: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = ()


def offered(installation: Installation, person: str) -> PeopleOffered:
    """The people of the roster in force, those of my unit first, and its units."""
    listed = installation.register.queries.people()
    mine = next((item for item in listed if item.person == person), None)
    unit = mine.unit if mine else ""
    near = sorted(listed, key=lambda item: (item.unit != unit, item.name.casefold()))
    return PeopleOffered(
        name=mine.name if mine else "",
        unit=unit,
        people=tuple(dict.fromkeys((installation.rosters.name(item.person), item.unit) for item in near)),
        units=tuple(sorted({item.unit for item in listed if item.unit}, key=str.casefold)),
    )
