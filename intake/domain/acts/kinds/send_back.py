"""An office does not take a report as showing that a commitment is met, with the reason (rule R14). It counts at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Office, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ChoiceForm, DigestForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledReturn", "Report sent back")


@dataclass(frozen=True, slots=True)
class ReturnBody:
    """``report`` is the act id of the report that is sent back."""

    office: Office
    commitment: str
    report: str
    reason: str

    def as_json(self) -> dict[str, Json]:
        return ReturnKind.fields.write(self)


class ReturnKind(ActKind[ReturnBody]):
    name = "return"
    called = _CALLED()
    effect = Effect.MEETS
    signers = Signers.OFFICE
    fields = Fields(
        {
            "office": ChoiceForm(tuple(Office)),
            "commitment": DigestForm(),
            "report": DigestForm(),
            "reason": TextForm(),
        }
    )

    def make(self, _act: Act, values: dict[str, Any]) -> ReturnBody:
        return ReturnBody(**values)

    def objects(self, _body: ReturnBody) -> bool:
        return True

    def office(self, body: ReturnBody) -> Office:
        return body.office

    def named(self, body: ReturnBody) -> frozenset[str]:
        return frozenset({body.report})

    def searched(self, body: ReturnBody) -> str:
        return body.reason


RETURN = ReturnKind()
