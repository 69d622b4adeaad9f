"""One office's half of lifting suspensions, each by name; a suspension ends when both offices have lifted it (rule R12).

It carries no terms and approves nothing: what was in force goes on as it was decided, or the offices decide again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Office, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ActIdsForm, ChoiceForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

MAX_LIFTED = 100
"""How many suspensions one act names."""
_CALLED = Caption("CalledLift", "Lift of a suspension")
_LIFTS_NOTHING = Wording("LiftsNothing", "a lift names at least one suspension")


@dataclass(frozen=True, slots=True)
class LiftBody:
    """``suspensions`` are ids of the acts that suspend, in id order."""

    office: Office
    suspensions: tuple[str, ...]
    reason: str

    def as_json(self) -> dict[str, Json]:
        return LiftKind.fields.write(self)


class LiftKind(ActKind[LiftBody]):
    name = "lift"
    called = _CALLED()
    effect = Effect.RELEASES
    signers = Signers.OFFICE
    independent = True
    fields = Fields(
        {"office": ChoiceForm(tuple(Office)), "suspensions": ActIdsForm(limit=MAX_LIFTED), "reason": TextForm()}
    )

    def make(self, _act: Act, values: dict[str, Any]) -> LiftBody:
        made = LiftBody(**values)
        if not made.suspensions:
            raise MalformedAct(detail=_LIFTS_NOTHING())
        return made

    def office(self, body: LiftBody) -> Office:
        return body.office

    def named(self, body: LiftBody) -> frozenset[str]:
        return frozenset(body.suspensions)

    def searched(self, body: LiftBody) -> str:
        return body.reason


LIFT = LiftKind()
