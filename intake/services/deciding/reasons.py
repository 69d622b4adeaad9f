"""The words somebody adds to what they sign, where they may not be empty."""

from __future__ import annotations

from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import plain


class ReasonMissing(Refusal):
    what = "This cannot be signed without a few words of your own."
    why = "Others act on what is signed here, and the signature alone does not tell them why."
    next = "Write one or two sentences."


def given_reason(text: str) -> str:
    """What is signed of it. Raises ReasonMissing for an empty one."""
    found = plain(text)
    if not found:
        raise ReasonMissing
    return found
