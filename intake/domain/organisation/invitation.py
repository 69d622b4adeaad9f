"""What an invitation says beside the acts it brings: where the enrolment is to be sent. It proves nothing.

The organisation is known by the ten words of its id, compared by voice; what an invitation says is only where to go on.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.canonical import clean
from intake.domain.base.visible import is_blank, is_line

MAX_RETURN_TO = 80
"""Characters of where to send the enrolment: an address, a room, a folder."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """``return_to`` is where the enrolment is to be sent: one visible line of at most ``MAX_RETURN_TO`` characters."""

    return_to: str


def is_return_to(text: str) -> bool:
    """Whether this may stand in an invitation: one line that somebody sees, and not too long."""
    return len(text) <= MAX_RETURN_TO and is_line(text) and not is_blank(text)


def tidied(text: str) -> str:
    """``text`` as it may be written: without space around it and in the one form in which text is signed."""
    return clean(text).strip()
