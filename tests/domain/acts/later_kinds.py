"""A made-up kind of act that a later version might bring: the owner dismantles a use case, with a plan for shutting it down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import FileForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("TestCalledDismantling", "Dismantling")


@dataclass(frozen=True, slots=True)
class DismantleBody:
    """``plan`` says how the use case is shut down."""

    reason: str
    plan: Attachment

    def as_json(self) -> dict[str, Json]:
        return Dismantle.fields.write(self)


class Dismantle(ActKind[DismantleBody]):
    name = "dismantle"
    called = _CALLED()
    effect = Effect.CLOSES
    signers = Signers.OWN_CASE
    fields = Fields({"reason": TextForm(), "plan": FileForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> DismantleBody:
        return DismantleBody(**values)

    def objects(self, _body: DismantleBody) -> bool:
        return True

    def attached(self, body: DismantleBody) -> tuple[Attachment, ...]:
        return (body.plan,)

    def searched(self, body: DismantleBody) -> str:
        return body.reason


DISMANTLE = Dismantle()
