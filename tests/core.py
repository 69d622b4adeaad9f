"""The playbook the app brings, read once per process: it is frozen, so every test may look at the same one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import resources
from intake.domain.answers import Answers
from intake.domain.playbook_reach import witnesses
from intake.services.playbook_files import read_playbook

CORE = read_playbook(resources.read, resources.names)


@cache
def core_witnesses() -> Mapping[str, Answers]:
    """For every item of the core answers that reach it: solved once per process, and only when a test asks."""
    return witnesses(CORE)
