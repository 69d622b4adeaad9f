"""How far a use case has come, done once for all workers and copied: filing and deciding is most of what many tests do.

``@stage`` marks a helper that brings a fresh organisation to some point and needs nothing but the organisation::

    @stage
    def decided(offices: Offices) -> str: ...

Called on an organisation that nobody has used yet, its folder becomes a copy of one that was brought there before; on
any other the helper simply runs. Not for a helper that tests run with parts of the program replaced.
"""

from __future__ import annotations

import functools
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.once import made_once
from tests.services.offices import ROLES, Offices, founded

T = TypeVar("T")


def stage(bring: Callable[[Offices], T]) -> Callable[[Offices], T]:
    def make(folder: Path) -> None:
        offices = founded(folder / "offices")
        given = bring(offices)
        offices.close()
        (folder / "given").write_bytes(pickle.dumps((offices.clock.now, given)))

    @functools.wraps(bring)
    def brought(offices: Offices) -> T:
        if not offices.untouched:
            return bring(offices)
        folder = made_once(f"{bring.__module__}.{bring.__qualname__}", make)
        shutil.copytree(folder / "offices", offices.root, dirs_exist_ok=True)
        given: T
        offices.clock.now, given = pickle.loads((folder / "given").read_bytes())
        return given

    return brought


@stage
def filed_with_ciso(offices: Offices) -> str:
    """A complete request that has reached the CISO; gives the case id."""
    case = offices.file()
    offices.travel("ada", "dan")
    return case


@stage
def filed_with_both(offices: Offices) -> str:
    """The same where both offices have it."""
    case = offices.file()
    offices.travel("ada", "dan", "cleo")
    return case


@stage
def filed_everywhere(offices: Offices) -> str:
    """The same where everybody has it."""
    case = offices.file()
    offices.travel("ada", *ROLES)
    return case


@stage
def decided_everywhere(offices: Offices) -> str:
    """What was filed is approved by both as it was proposed, the CISO first, and Bob has it too."""
    case = filed_with_ciso(offices)
    for name in ("dan", "cleo"):
        offices.decide(name, case)
        offices.travel(name, "ada", "bob", "cleo", "dan")
    return case
