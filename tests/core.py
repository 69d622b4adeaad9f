"""The playbook the app brings, read once per process: it is frozen, so every test may look at the same one.

So is what the solver finds out about a playbook, which takes it a second for the core.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

import resources
from intake.domain.assessment.reach import unreachable, witnesses
from intake.domain.playbook.answers import Answers
from intake.domain.playbook.reading.places import At
from intake.domain.playbook.whole import Playbook
from intake.services.installation.playbook_files import read_playbook
from intake.services.organisation import playbook_folder

CORE = read_playbook(resources.read, resources.names)


@cache
def core_witnesses() -> Mapping[At, Answers]:
    """For every item of the core answers that reach it."""
    return witnesses(CORE)


_found: dict[str, tuple[At, ...]] = {}


def unreachable_in(playbook: Playbook) -> tuple[At, ...]:
    """What no answers lead to; the digest of a playbook covers all that is in it."""
    assert playbook.digest
    if playbook.digest not in _found:
        _found[playbook.digest] = unreachable(playbook)
    return _found[playbook.digest]


@pytest.fixture(autouse=True)
def solved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking the same folder again does not solve its playbook again."""
    monkeypatch.setattr(playbook_folder, "unreachable", unreachable_in)
