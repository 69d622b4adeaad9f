from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.services.competing import DPIA, ONE, OTHER, PERSONAL, PROBLEM, REFERENCE, Competing, compete
from tests.services.offices import Offices
from tests.services.stages import stage
from tests.ui.visiting import Visit, offices, visit

__all__ = ["offices", "visit"]


@stage
def apart(offices: Offices) -> Competing:
    return compete(
        offices,
        {PROBLEM: ONE},
        {PROBLEM: OTHER, PERSONAL: "ordinary", DPIA: "done", REFERENCE: "DPIA-7"},
    )


@pytest.fixture
def at(offices: Offices) -> Competing:
    """A case of Ada with two revisions that compete, at her desk."""
    return apart(offices)


@pytest.fixture
def ada(visit: Callable[[str], Visit], at: Competing) -> Visit:
    return visit("ada")
