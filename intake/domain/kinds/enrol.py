"""A person asks to be listed; the signature of the act proves that the key is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain import canonical
from intake.domain.acts import Act, MalformedAct
from intake.domain.canonical import Json
from intake.domain.kinds.description import ActKind, Effect, Place
from intake.domain.kinds.fields import Fields
from intake.domain.kinds.forms import Base64Form, LineForm

_CERTIFICATE = 20_000
"""Characters of Base64."""


@dataclass(frozen=True, slots=True)
class EnrolBody:
    """``certificate`` is the DER of the certificate the act is signed with."""

    name: str
    unit: str
    certificate: bytes

    def as_json(self) -> dict[str, Json]:
        return EnrolKind.fields.write(self)


class EnrolKind(ActKind[EnrolBody]):
    name = "enrol"
    place = Place.ORGANISATION
    effect = Effect.PROVES
    under_roster = False
    before_organisation = True
    fields = Fields({"name": LineForm(), "unit": LineForm(optional=True), "certificate": Base64Form(_CERTIFICATE)})

    def make(self, act: Act, values: dict[str, Any]) -> EnrolBody:
        made = EnrolBody(**values)
        if canonical.sha256(made.certificate) != act.signer:
            raise MalformedAct(detail="it presents another certificate than the one it is signed with")
        return made


ENROL = EnrolKind()
