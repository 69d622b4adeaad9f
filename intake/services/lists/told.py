"""Which decisions the owner of a use case has looked at, remembered by this installation alone: nothing of it is an act."""

from __future__ import annotations

import json
from datetime import date

from intake.domain.case.todo import NEWS_LASTS
from intake.register.views.rows import CaseRow
from intake.services.installation.installation import Installation


def told(installation: Installation, person: str) -> frozenset[tuple[str, date]]:
    """The cases whose decision this person has seen, each with the day of that decision."""
    try:
        kept = json.loads(installation.register.installation.setting(_name(person), "{}"))
        return frozenset((str(case), date.fromisoformat(day)) for case, day in kept.items())
    except (ValueError, TypeError, AttributeError, RecursionError):
        return frozenset()


def keep(installation: Installation, person: str, row: CaseRow | None) -> bool:
    """Remember that this person has looked at a case of theirs as it is; whether that was news.

    What is no news any more is forgotten. Raises DiskFull and its kin; a home that can only be read remembers nothing.
    """
    oldest = installation.clock().date() - NEWS_LASTS
    if row is None or row.owner != person or row.decided is None or row.decided < oldest:
        return False
    known = told(installation, person)
    if installation.register.read_only or (row.case, row.decided) in known:
        return False
    kept = {case: day.isoformat() for case, day in known if day >= oldest} | {row.case: row.decided.isoformat()}
    installation.register.installation.set(_name(person), json.dumps(kept, separators=(",", ":")))
    return True


def _name(person: str) -> str:
    return f"told {person}"
