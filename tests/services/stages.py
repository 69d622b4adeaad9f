"""How far a use case has come, done once per process and copied: filing and deciding is most of what many tests do.

``@stage`` marks a helper that brings a fresh organisation to some point and needs nothing but the organisation::

    @stage
    def decided(offices: Offices) -> str: ...

Called on an organisation that nobody has used yet, its folder becomes a copy of one that was brought there before; on
any other the helper simply runs. Not for a helper that tests run with parts of the program replaced.
"""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from tests.services.offices import Offices, founded

T = TypeVar("T")


def stage(bring: Callable[[Offices], T]) -> Callable[[Offices], T]:
    @functools.cache
    def made() -> tuple[Path, datetime, T]:
        folder = Path(tempfile.mkdtemp(prefix="countersign-stage-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        offices = founded(folder)
        given = bring(offices)
        offices.close()
        return folder, offices.clock.now, given

    @functools.wraps(bring)
    def brought(offices: Offices) -> T:
        if not offices.untouched:
            return bring(offices)
        folder, now, given = made()
        shutil.copytree(folder, offices.root, dirs_exist_ok=True)
        offices.clock.now = now
        return deepcopy(given)

    return brought
