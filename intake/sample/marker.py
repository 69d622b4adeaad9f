"""The file that says a sample is whole, and what the passphrase of its keys is. Light: the window asks before its first paint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from intake.reading import read_file
from intake.services.installation.settings_file import SETTINGS, SettingsUnreadable, read_settings

MARKER: Final = "sample.json"
INSTALLATIONS: Final = "installations"
_MAX_BYTES: Final = 1 << 20


def read_marker(root: Path) -> dict[str, Any]:
    """What the sample under ``root`` says of itself. Raises OSError, ValueError or RecursionError."""
    found = json.loads(read_file(root / MARKER, _MAX_BYTES))
    if not isinstance(found, dict):
        raise ValueError("it is no object")  # noqa: TRY004 - as of everything else that is no marker
    return found


def is_installation_of_sample(home: Path) -> bool:
    """Whether this is somebody's data folder of a sample."""
    try:
        return read_settings(home / SETTINGS, {"sample": False}).get("sample") is True
    except SettingsUnreadable:
        return False  # told by the installation, which cannot be opened with them


def passphrase_of_sample(home: Path) -> str:
    """The passphrase of the keys in this data folder of a sample; empty for any other folder.

    Its settings have to say that it is one, and the whole sample around it that this folder belongs to it.
    """
    place = home.absolute()
    if not is_installation_of_sample(place) or place.parent.name != INSTALLATIONS:
        return ""
    try:
        marker = read_marker(place.parent.parent)
        passphrase = marker["passphrase"] if place.name in marker["people"] else ""
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return passphrase if isinstance(passphrase, str) else ""
