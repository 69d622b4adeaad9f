"""What a person wrote about a use case and has not signed yet; it stays through reloads and visits to other places."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.domain.terms.terms import Terms


@dataclass(slots=True)
class UnsignedWriting:
    """Of one use case: the terms as edited, a comment, and the reason given for each action (by its key)."""

    terms: Terms | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    comment: str = ""
