"""The reason somebody gives for what they sign, where it may not be empty."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain


class ReasonMissing(Refusal):
    what = "A reason is needed to decline or to ask for changes."
    why = "People follow what they understand, and the owner needs to know what to do."
    next = "Write one or two sentences."


def given_reason(text: str) -> str:
    """What is signed of it. Raises ReasonMissing for an empty one."""
    found = plain(text)
    if not found:
        raise ReasonMissing
    return found
