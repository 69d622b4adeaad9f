"""The finished record of a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, Attachment, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ActIdsForm, DigestForm, FileForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

_CALLED = Caption("CalledSealed", "Sealed record")
_SEALS_NOT_TWO = Wording("SealsNotTwo", "a sealed record names the two opinions of its pair")


@dataclass(frozen=True, slots=True)
class SealedBody:
    """The finished record of a pair: both opinions, the digest of the unsigned base, the PDF with both signatures."""

    opinions: tuple[str, ...]
    base: str
    record: Attachment

    def as_json(self) -> dict[str, Json]:
        return SealedKind.fields.write(self)


class SealedKind(ActKind[SealedBody]):
    name = "sealed"
    called = _CALLED()
    effect = Effect.SEALS
    fields = Fields({"opinions": ActIdsForm(), "base": DigestForm(), "record": FileForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> SealedBody:
        made = SealedBody(**values)
        if len(made.opinions) != 2:
            raise MalformedAct(detail=_SEALS_NOT_TWO())
        return made

    def attached(self, body: SealedBody) -> tuple[Attachment, ...]:
        return (body.record,)

    def named(self, body: SealedBody) -> frozenset[str]:
        return frozenset(body.opinions)


SEALED = SealedKind()
