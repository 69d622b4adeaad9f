"""Every act of a whole journey, checked by openssl with the one line the design promises."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from intake.domain.acts.kinds.opinion import Position
from intake.sample.journey import walk
from intake.services.deciding import deciding
from intake.services.filing import filing
from intake.services.organisation import people
from intake.services.proving.proof import CERTIFICATES, write_acts
from tests.services.offices import Offices, founded

pytestmark = pytest.mark.conformance


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Offices]:
    """Founding, filing, a comment, counter-terms, a sealed record, a decline, a withdrawal and a checkpoint."""
    made = founded(tmp_path / "installations")
    decided, refused, dropped = made.file(), made.file(), made.file()
    deciding.comment(made.installations["ada"], made.signer("ada"), decided, "Please decide this week.")
    made.travel("ada", "dan")
    made.decide("dan", decided)
    made.decide("dan", refused, Position.DECLINE, reason="Not with this vendor.")
    made.travel("dan", "cleo", "ada")
    made.decide("cleo", decided)
    filing.withdraw(made.installations["ada"], made.signer("ada"), dropped, "No longer needed.")
    made.travel("cleo", "bob")
    made.travel("ada", "bob")
    people.checkpoint(made.installations["bob"], made.signer("bob"))
    yield made
    made.close()


def test_openssl_verifies_every_act(journey: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "acts"
    count = write_acts(journey.installations["bob"], folder)

    failed = [path.name for path in sorted(folder.glob("*.p7m")) if not verifies(path, folder / CERTIFICATES)]

    assert count > 15
    assert failed == []


def test_openssl_verifies_every_act_of_the_demonstration(tmp_path: Path) -> None:
    walked = walk(tmp_path / "demo", read=resources.read, names=resources.names, say=lambda _line: None)
    acts = sorted(walked.acts.glob("*.p7m"))

    failed = [path.name for path in acts if not verifies(path, walked.acts / CERTIFICATES)]

    assert len(acts) > 10
    assert failed == []


def test_openssl_refuses_an_act_of_somebody_the_rosters_do_not_list(journey: Offices, tmp_path: Path) -> None:
    folder = tmp_path / "acts"
    write_acts(journey.installations["bob"], folder)
    stranger = tmp_path / "org.pem"
    pem = (folder / CERTIFICATES).read_text().split("-----END CERTIFICATE-----\n")
    stranger.write_text(f"{pem[0]}-----END CERTIFICATE-----\n")

    assert not all(verifies(path, stranger) for path in folder.glob("*.p7m"))


def verifies(path: Path, certificates: Path) -> bool:
    line = "openssl cms -verify -cades -purpose any -partial_chain -no_check_time -inform DER -out /dev/null".split()
    done = subprocess.run([*line, "-CAfile", str(certificates), "-in", str(path)], capture_output=True, check=False)
    return done.returncode == 0
