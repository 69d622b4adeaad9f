from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.offices import Offices


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """A founded organisation with a desk for everybody."""
    made = Offices(tmp_path)
    made.open("ada", "bob", "cleo", "dan", "finn")
    made.found()
    yield made
    made.close()
