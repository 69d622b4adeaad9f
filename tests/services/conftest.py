from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lending import lent_readers
from tests.printed import printed_once
from tests.services.offices import Offices, founded

__all__ = ["lent_readers", "printed_once"]


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """A founded organisation with an installation for everybody."""
    made = founded(tmp_path)
    yield made
    made.close()
