"""The end of a use, by its owner: it counts at once, and says what becomes of what the use leaves behind (rule R12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledRetirement", "Retirement")

LEFT_BEHIND = ("data", "access", "model", "contract")
"""What a use leaves behind. Of each the body says what becomes of it, in this order."""


@dataclass(frozen=True, slots=True)
class RetireBody:
    """What becomes of each of ``LEFT_BEHIND``; empty says that there is nothing to do about it."""

    reason: str
    data: str
    access: str
    model: str
    contract: str

    @property
    def left_behind(self) -> tuple[tuple[str, str], ...]:
        """(what, what becomes of it) of each, in order."""
        return tuple((name, str(getattr(self, name))) for name in LEFT_BEHIND)

    def as_json(self) -> dict[str, Json]:
        return RetireKind.fields.write(self)


class RetireKind(ActKind[RetireBody]):
    name = "retire"
    called = _CALLED()
    effect = Effect.CLOSES
    signers = Signers.OWNER
    fields = Fields({"reason": TextForm(), **{name: TextForm(optional=True) for name in LEFT_BEHIND}})

    def make(self, _act: Act, values: dict[str, Any]) -> RetireBody:
        return RetireBody(**values)

    def objects(self, _body: RetireBody) -> bool:
        return True

    def searched(self, body: RetireBody) -> str:
        return "\n".join((body.reason, *(text for _, text in body.left_behind)))


RETIRE = RetireKind()
