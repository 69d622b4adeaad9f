"""The owner’s signature under what both offices decided, where it differs from what was filed (rule R11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act
from intake.domain.acts.kinds.description import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledAcceptance", "Acceptance")


@dataclass(frozen=True, slots=True)
class AcceptBody:
    """``terms`` and ``assessment`` are digests. It names both opinions in its envelope: it has seen the decision it accepts."""

    revision: str
    terms: str
    assessment: str

    def as_json(self) -> dict[str, Json]:
        return AcceptKind.fields.write(self)


class AcceptKind(ActKind[AcceptBody]):
    name = "accept"
    called = _CALLED()
    effect = Effect.ACCEPTS
    signers = Signers.OWN_CASE
    fields = Fields({"revision": DigestForm(), "terms": DigestForm(), "assessment": DigestForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> AcceptBody:
        return AcceptBody(**values)

    def named(self, body: AcceptBody) -> frozenset[str]:
        return frozenset({body.revision})


ACCEPT = AcceptKind()
