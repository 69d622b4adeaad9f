"""Whether clocks agree: times that are still to come, and acts that claim an earlier one than what they name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from intake.register.views.projector import NoteSort
from intake.services.installation.installation import Installation
from intake.services.upkeep import sentences as say
from intake.services.upkeep.findings import HealthFinding

AHEAD = timedelta(minutes=10)
"""How far the clock of somebody else may be ahead of ours before it is worth a word."""


def clock_findings(installation: Installation) -> Iterator[HealthFinding]:
    now = installation.clock()
    ahead = [act for act in installation.register.queries.acts("") if act.at - now > AHEAD]
    latest = max((row.newest for row in installation.register.queries.page(limit=1).rows), default=now)
    if ahead or latest - now > AHEAD:
        furthest = max([*(act.at for act in ahead), latest])
        yield HealthFinding(
            "clock",
            say.CLOCK(furthest=_written(furthest), now=_written(now)),
            say.CLOCK_NEXT(),
        )
    odd = installation.register.queries.notes(NoteSort.ODDITY)
    if odd:
        yield HealthFinding(
            "oddities",
            say.ODDITIES(count=len(odd)),
            say.ODDITIES_NEXT(),
        )


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")
