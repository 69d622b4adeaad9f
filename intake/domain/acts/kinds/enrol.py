"""A person asks to be listed; the signature of the act proves that the key is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Place
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import Base64Form, LineForm
from intake.domain.base import canonical
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

_CALLED = Caption("CalledEnrolment", "Enrolment")
_ENROLS_ANOTHER_KEY = Wording("EnrolsAnotherKey", "it presents another certificate than the one it is signed with")

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
    called = _CALLED()
    place = Place.ORGANISATION
    effect = Effect.PROVES
    under_roster = False
    before_organisation = True
    fields = Fields({"name": LineForm(), "unit": LineForm(optional=True), "certificate": Base64Form(_CERTIFICATE)})

    def make(self, act: Act, values: dict[str, Any]) -> EnrolBody:
        made = EnrolBody(**values)
        if canonical.sha256(made.certificate) != act.signer:
            raise MalformedAct(detail=_ENROLS_ANOTHER_KEY())
        return made


ENROL = EnrolKind()
