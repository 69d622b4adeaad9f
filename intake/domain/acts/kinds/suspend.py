"""An office stops a use case at once, with a reason. It holds the whole case until both offices lift it by name (rule R12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Office, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ChoiceForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledSuspension", "Suspension")


@dataclass(frozen=True, slots=True)
class SuspendBody:
    office: Office
    reason: str

    def as_json(self) -> dict[str, Json]:
        return SuspendKind.fields.write(self)


class SuspendKind(ActKind[SuspendBody]):
    name = "suspend"
    called = _CALLED()
    effect = Effect.HOLDS
    signers = Signers.OFFICE
    fields = Fields({"office": ChoiceForm(tuple(Office)), "reason": TextForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> SuspendBody:
        return SuspendBody(**values)

    def objects(self, _body: SuspendBody) -> bool:
        return True

    def office(self, body: SuspendBody) -> Office:
        return body.office

    def searched(self, body: SuspendBody) -> str:
        return body.reason


SUSPEND = SuspendKind()
