"""What a diagnosis found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """Something to do. ``code`` is stable; ``sentence`` says what is wrong and ``next_step`` what to do about it."""

    code: str
    sentence: str
    next_step: str
