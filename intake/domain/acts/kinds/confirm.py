"""An office says that a commitment is met, by exactly the report that it names (rule R14). It leans to permission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Office, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ChoiceForm, DigestForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledConfirmation", "Confirmation of a report")


@dataclass(frozen=True, slots=True)
class ConfirmBody:
    """``report`` is the act id of the report."""

    office: Office
    commitment: str
    report: str

    def as_json(self) -> dict[str, Json]:
        return ConfirmKind.fields.write(self)


class ConfirmKind(ActKind[ConfirmBody]):
    name = "confirm"
    called = _CALLED()
    effect = Effect.MEETS
    signers = Signers.OFFICE
    independent = True
    fields = Fields({"office": ChoiceForm(tuple(Office)), "commitment": DigestForm(), "report": DigestForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> ConfirmBody:
        return ConfirmBody(**values)

    def office(self, body: ConfirmBody) -> Office:
        return body.office

    def named(self, body: ConfirmBody) -> frozenset[str]:
        return frozenset({body.report})


CONFIRM = ConfirmKind()
