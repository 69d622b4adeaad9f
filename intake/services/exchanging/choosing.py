"""Looking at a folder before it becomes the exchange folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from intake.exchange.folder.health import FolderHealth, inspect, organisations_in
from intake.services.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class FolderLook:
    """A folder and its health. ``holds_ours`` is whether this organisation's acts are in it already, ``founded`` whether
    there is an organisation here.
    """

    health: FolderHealth
    holds_ours: bool
    founded: bool


def organisations_at(path: Path) -> tuple[str, ...]:
    """The ids of the organisations whose acts are in a folder, sorted. Raises a CarrierStopped."""
    return organisations_in(path)


def look_at(installation: Installation, path: Path) -> FolderLook:
    health = inspect(path)
    org = installation.register.org
    return FolderLook(health, org in health.organisations, bool(org))
