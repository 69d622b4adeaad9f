"""What a diagnosis found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.base.reasons import Reason
from intake.domain.base.wording import words


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """Something to do. ``code`` is stable; ``said`` is what is wrong and ``step`` what to do about it."""

    code: str
    said: Reason
    step: Reason

    @property
    def sentence(self) -> str:
        return words(self.said)

    @property
    def next_step(self) -> str:
        return words(self.step)
