"""A note by an office that it has read that a use is retired. It is shown, and decides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Office
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ChoiceForm, DigestForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledAcknowledgement", "Acknowledgement of a retirement")


@dataclass(frozen=True, slots=True)
class AcknowledgedBody:
    """``retirement`` is the id of the act that retires."""

    office: Office
    retirement: str

    def as_json(self) -> dict[str, Json]:
        return AcknowledgedKind.fields.write(self)


class AcknowledgedKind(ActKind[AcknowledgedBody]):
    name = "note-acknowledged"
    called = _CALLED()
    moves = False
    fields = Fields({"office": ChoiceForm(tuple(Office)), "retirement": DigestForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> AcknowledgedBody:
        return AcknowledgedBody(**values)

    def office(self, body: AcknowledgedBody) -> Office:
        return body.office

    def named(self, body: AcknowledgedBody) -> frozenset[str]:
        return frozenset({body.retirement})


ACKNOWLEDGED = AcknowledgedKind()
