from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.register.register import Register
from tests.domain.world import Site, organisation
from tests.register.helpers import open_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    opened = open_register(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def site() -> Site:
    """A founded organisation in which nothing has been filed."""
    return organisation()
