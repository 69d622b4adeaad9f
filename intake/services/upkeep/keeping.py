"""Keeping a register in good order: a checked copy, the proof that it can be rebuilt, use cases judged by new rosters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake.register.rebuilding import Rebuilt as Rebuilt  # noqa: PLC0414 - the answer of ``check_rebuilding``
from intake.services.installation.installation import Installation

ProgressCall = Callable[[int, int], None]
"""Called with (done, total)."""


def back_up(installation: Installation, target: Path, *, progress: ProgressCall | None = None) -> None:
    """Make a checked copy of the register while it is in use."""
    installation.register.back_up(target, progress=progress)


def check_rebuilding(installation: Installation, *, progress: ProgressCall | None = None) -> Rebuilt:
    """Fold everything again and compare; nothing is changed."""
    return installation.register.rebuild(check=True, progress=progress)


def rejudge(installation: Installation, *, progress: ProgressCall | None = None) -> None:
    """Judge the use cases again that an act of the organisation has to do with."""
    installation.register.rejudge(progress=progress)
