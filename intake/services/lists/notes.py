"""What is said beside the cases: alarms, oddities, and what waits for an act, a file or a roster."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from intake.domain.acts.kinds import ENROL
from intake.register.views.projector import NoteSort
from intake.register.views.queries import CaseNote as CaseNote  # noqa: PLC0414 - a line of the list, shown as it is

if TYPE_CHECKING:
    from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An act that waits because of its signer or its roster. ``person`` and ``at`` are what it claims, ``code`` is why."""

    act: str
    person: str
    kind: str
    at: datetime
    code: str


def of_case(installation: Installation, case: str) -> tuple[CaseNote, ...]:
    """Everything said beside one case."""
    return installation.register.queries.notes_of(case)


def waiting_count(installation: Installation) -> int:
    """How much waits here for something that has not arrived: the lines of ``waiting_acts`` and ``waiting_cases``.

    Whatever tells of what waits, tells this number.
    """
    return installation.register.waiting_room.count()


def waiting_cases(installation: Installation) -> tuple[CaseNote, ...]:
    """What cases lack: each note names the act or the file."""
    return installation.register.queries.notes(NoteSort.WAITING)


def waiting_acts(installation: Installation) -> tuple[WaitingLine, ...]:
    """Acts that wait for a roster that lists their signer, oldest first.

    Enrolments are not among them: they wait for an administrator, and for nothing that could still arrive.
    """
    return tuple(
        WaitingLine(item.act.id, item.act.person, item.act.kind, item.act.at, item.code)
        for item in installation.register.queries.waiting_room()
        if item.act.kind != ENROL.name
    )
