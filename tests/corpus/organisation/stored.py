"""The stored organisations: where they are, what is in them, and a register to read them with."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import resources
from intake.domain.acts.capabilities import Capabilities
from intake.domain.assessment.engines import THIS_VERSION, Engine
from intake.services.installation.installation import Installation
from intake.services.installation.workspace import Workspace, open_installation
from intake.trust.acts import VerifiedAct, verify_act
from tests.services.offices import READ, Clock

FOLDER = Path(__file__).parent
EXCHANGE = "exchange"
PACKAGE = "everything.countersign"
NUMBERS = tuple(sorted(int(path.name.split("-")[1].split(".")[0]) for path in FOLDER.glob("organisation-*.tar.xz")))


def archive(number: int) -> Path:
    return FOLDER / f"organisation-{number}.tar.xz"


def said_file(number: int) -> Path:
    return FOLDER / f"organisation-{number}.json"


@cache
def said_then(number: int) -> dict[str, Any]:
    """What the version that wrote it said about it."""
    found: dict[str, Any] = json.loads(said_file(number).read_text("utf-8"))
    return found


def unpack(number: int, target: Path) -> None:
    """Lay the exchange folder and the package into ``target``."""
    with tarfile.open(archive(number)) as opened:
        opened.extractall(target, filter="data")


def carried(exchange: Path) -> tuple[list[VerifiedAct], dict[str, bytes]]:
    """The acts and the files of an exchange folder, in the order of their digests."""
    acts = [verify_act(path.read_bytes()) for path in sorted(exchange.rglob("*.p7m"))]
    return acts, {path.name[:64]: path.read_bytes() for path in sorted(exchange.glob("*/blob/*/*"))}


@contextmanager
def opened_from(
    root: Path, org: str, now: datetime, capabilities: Capabilities[Engine] = THIS_VERSION
) -> Iterator[Installation]:
    """An installation that belongs to the organisation and holds nothing yet."""
    made = open_installation(Workspace(root), READ, resources.names, clock=Clock(now), capabilities=capabilities)
    try:
        made.register.join(org)
        yield made
    finally:
        made.register.close()
