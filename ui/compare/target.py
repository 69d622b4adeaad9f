"""What the comparison is asked for: ``context.go("compare", CompareTarget(case))``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompareTarget:
    """``revisions`` are the ids to compare; without any those that compete, else the newest and the one before."""

    case: str
    revisions: tuple[str, ...] = ()
