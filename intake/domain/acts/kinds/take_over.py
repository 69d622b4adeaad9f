"""The successor accepts a use case that was handed over. From then on they answer for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ActIdsForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

_CALLED = Caption("CalledTakeOver", "Take-over")
_TAKES_NOTHING = Wording("TakesNothing", "a take-over names what handed the use case over")


@dataclass(frozen=True, slots=True)
class TakeOverBody:
    """``hand_overs`` are the ids of what is accepted, in id order: one by the owner, or two by administrators."""

    hand_overs: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        return TakeOverKind.fields.write(self)


class TakeOverKind(ActKind[TakeOverBody]):
    name = "take-over"
    called = _CALLED()
    effect = Effect.PASSES
    fields = Fields({"hand_overs": ActIdsForm(limit=2)})

    def make(self, _act: Act, values: dict[str, Any]) -> TakeOverBody:
        made = TakeOverBody(**values)
        if not made.hand_overs:
            raise MalformedAct(detail=_TAKES_NOTHING())
        return made

    def named(self, body: TakeOverBody) -> frozenset[str]:
        return frozenset(body.hand_overs)


TAKE_OVER = TakeOverKind()
