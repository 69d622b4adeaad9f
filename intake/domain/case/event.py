"""One act of a case beside what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds import ActKind, Body, Effect
from intake.domain.case.judge import Judgement


@dataclass(frozen=True, slots=True)
class Event:
    """One act as the history shows it. ``kind`` is None when this version does not know it."""

    act: Act
    body: Body | None
    judgement: Judgement
    kind: ActKind[Any] | None

    @property
    def effect(self) -> Effect:
        return self.kind.effect if self.kind else Effect.NONE

    @property
    def searched(self) -> str:
        """What of it search reads."""
        return self.kind.searched(self.body) if self.kind and self.body is not None else ""
