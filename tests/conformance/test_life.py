"""Every page that somebody signs in the life of a use case, and every act of it, against other people's programs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import resources
from intake.sample.life import Lived, live
from tests.conformance import verapdf
from tests.conformance.test_acts import verifies

pytestmark = pytest.mark.conformance


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    now = datetime.now(UTC).replace(microsecond=0)
    root = tmp_path_factory.mktemp("life") / "told"
    return live(root, read=resources.read, names=resources.names, clock=lambda: now)


@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_passes_every_page_that_was_signed(lived: Lived, flavour: str) -> None:
    assert len(lived.pdfs) == 11
    assert verapdf.failures([Path(name) for name in lived.pdfs], flavour) == []


def test_openssl_verifies_every_act(lived: Lived) -> None:
    acts = sorted(Path(lived.acts).glob("*.p7m"))

    assert len(acts) > 60
    assert [path.name for path in acts if not verifies(path, Path(lived.certificates))] == []


def test_openssl_verifies_what_the_statement_of_standing_says(lived: Lived) -> None:
    assert verifies(Path(lived.statement), Path(lived.certificates))
