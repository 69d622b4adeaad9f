"""What somebody has opened here, remembered by this installation alone: nothing of it is an act, and nothing of it leaves."""

from __future__ import annotations

import json

from intake.domain.case.together import CaseLook
from intake.services.installation.installation import Installation


def keep(installation: Installation, person: str, case: str, look: CaseLook) -> None:
    """Remember what ``person`` saw of a use case; it takes the place of what they saw before.

    Raises DiskFull and its kin. A home that can only be read remembers nothing, and nothing can be signed there.
    """
    if installation.register.read_only or last(installation, person, case) == look:
        return
    value = json.dumps({"revision": look.revision, "terms": look.terms, "remarks": look.remarks}, separators=(",", ":"))
    installation.register.installation.set(_name(person, case), value)


def last(installation: Installation, person: str, case: str) -> CaseLook | None:
    """What ``person`` saw last of a use case here; None when they have not opened it, or it cannot be read."""
    try:
        value = json.loads(installation.register.installation.setting(_name(person, case)))
        return CaseLook(str(value["revision"]), str(value["terms"]), tuple(map(str, value["remarks"])))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _name(person: str, case: str) -> str:
    return f"look {case} {person}"
