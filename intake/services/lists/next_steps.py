"""What is still to be done once before everything works: the steps of a new organisation, or of somebody new in one.

Each is there until it is done, and nobody has to say that it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.organisation.roster import Role
from intake.services.installation.installation import Installation
from intake.services.lists.home import Me
from intake.services.organisation import literacy


class StepKind(StrEnum):
    FOLDER = "folder"
    PEOPLE = "people"
    TRAINING = "training"
    USE_CASE = "use-case"


@dataclass(frozen=True, slots=True)
class NextStep:
    """``roles`` are those nobody holds yet (of ``PEOPLE``), ``left`` how many chapters are unread (of ``TRAINING``)."""

    step: StepKind
    roles: tuple[Role, ...] = ()
    left: int = 0


NEEDED = (Role.OWNER, Role.CIO, Role.CISO, Role.RECORDS)
"""The roles without which a use case does not get from its filing into the archive, in the order of its way."""


def next_steps(installation: Installation, mine: Me, folder: str) -> tuple[NextStep, ...]:
    """What is left for this person, in the order in which it is best done. ``folder`` is the exchange folder, or empty."""
    return tuple(_steps(installation, mine, folder)) if installation.rosters.founded else ()


def _steps(installation: Installation, mine: Me, folder: str) -> Iterator[NextStep]:
    if not folder:
        yield NextStep(StepKind.FOLDER)
    newest = installation.rosters.newest
    if newest is not None and Role.ADMINISTRATOR in mine.roles:
        vacant = tuple(role for role in NEEDED if not newest.holders(role))
        if vacant:
            yield NextStep(StepKind.PEOPLE, roles=vacant)
    if mine.listed:
        read = literacy.training(installation, mine.person)
        if read.read < read.count:
            yield NextStep(StepKind.TRAINING, left=read.count - read.read)
    if Role.OWNER in mine.roles and not installation.register.queries.counts().total:
        if not installation.register.drafts.listed():
            yield NextStep(StepKind.USE_CASE)
