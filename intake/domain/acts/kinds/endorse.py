"""An administrator's agreement to a roster version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledEndorsement", "Endorsement of a roster")


@dataclass(frozen=True, slots=True)
class EndorseBody:
    roster: str

    def as_json(self) -> dict[str, Json]:
        return EndorseKind.fields.write(self)


class EndorseKind(ActKind[EndorseBody]):
    name = "roster-endorse"
    called = _CALLED()
    place = Place.ORGANISATION
    effect = Effect.RULES
    under_roster = False
    fields = Fields({"roster": DigestForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> EndorseBody:
        return EndorseBody(**values)

    def named(self, body: EndorseBody) -> frozenset[str]:
        return frozenset({body.roster})


ENDORSE = EndorseKind()
