"""The jobs of the comparison: reading it, and beginning the draft in which answers are chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake.domain.case.allowed import allowed
from ui.jobs import JobTask

if TYPE_CHECKING:
    from intake.services.filing.comparing import RevisionsCompared
    from intake.services.installation.workspace import Session


@dataclass(frozen=True, slots=True)
class ComparisonShown:
    """``may_choose`` is whether the person here may file the use case again, and so choose between revisions that compete."""

    found: RevisionsCompared
    may_choose: bool


def read(_: JobTask, session: Session, case: str, revisions: tuple[str, ...]) -> ComparisonShown:
    """Raises NothingFiled, OnlyOneRevision or NoSuchRevision."""
    from intake.services.filing import comparing

    installation = session.installation
    found = comparing.compare(installation, case, revisions)
    rights = allowed(installation.state(case), installation.rosters, session.settings.person)
    return ComparisonShown(found, found.competing and rights.owns)
