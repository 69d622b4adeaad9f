"""Why nothing can be written here, for screens: they say it once and do not repeat it as somebody else's fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.domain.base.wording import said
from intake.register.refusals import HomeReadOnly

if TYPE_CHECKING:
    from intake.domain.base.refusals import Refusal
    from intake.services.installation.installation import Installation


def closed_because(installation: Installation) -> str:
    """The end of a sentence that says why; empty where things can be written."""
    closed = installation.register.closed
    return said(closed.facts["detail"]) if closed else ""


def means_closed(refusal: Refusal | None) -> bool:
    """Whether this was refused only because nothing can be written here."""
    return isinstance(refusal, HomeReadOnly)
