"""The people of the roster in force as a list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from intake.domain.base.visible import as_sought
from intake.register.views.projector import PersonView as PersonView  # noqa: PLC0414 - a line of the list, as it is

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


def found(installation: Installation, text: str = "") -> tuple[PersonView, ...]:
    """The people whose name, id or unit holds every word of ``text``, by name; everybody when there is none."""
    asked = as_sought(text).split()
    called = names(installation)
    return tuple(
        replace(item, name=called.get(item.person, item.name))
        for item in installation.register.queries.people()
        if all(part in as_sought(f"{item.name} {item.person} {item.unit}") for part in asked)
    )


def names(installation: Installation) -> dict[str, str]:
    """What each person of the roster in force is called, by id."""
    return dict(installation.rosters.called)
