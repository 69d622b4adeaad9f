"""Which of its reasons a refusal gives: a class of them says several things."""

from __future__ import annotations

from intake.domain.base.reasons import Reason
from intake.domain.base.refusals import Refusal


def code_of(refusal: Refusal) -> str:
    """The code of the detail that a refusal names."""
    detail = refusal.facts["detail"]
    assert isinstance(detail, Reason)
    return detail.code
