"""An office says of what a stolen key signed in its name that it is not its own: such suspensions end, each by name (rule R12)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Office, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ActIdsForm, ChoiceForm, TextForm
from intake.domain.acts.kinds.lift import MAX_LIFTED
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

_CALLED = Caption("CalledDisowned", "Disowned suspension")
_DISOWNS_NOTHING = Wording("DisownsNothing", "an act that disowns names what it disowns")


@dataclass(frozen=True, slots=True)
class DisownBody:
    """``suspensions`` are ids of the acts that suspend, in id order."""

    office: Office
    suspensions: tuple[str, ...]
    reason: str

    def as_json(self) -> dict[str, Json]:
        return DisownKind.fields.write(self)


class DisownKind(ActKind[DisownBody]):
    name = "disown"
    called = _CALLED()
    effect = Effect.RELEASES
    signers = Signers.OFFICE
    independent = True
    fields = Fields(
        {"office": ChoiceForm(tuple(Office)), "suspensions": ActIdsForm(limit=MAX_LIFTED), "reason": TextForm()}
    )

    def make(self, _act: Act, values: dict[str, Any]) -> DisownBody:
        made = DisownBody(**values)
        if not made.suspensions:
            raise MalformedAct(detail=_DISOWNS_NOTHING())
        return made

    def office(self, body: DisownBody) -> Office:
        return body.office

    def named(self, body: DisownBody) -> frozenset[str]:
        return frozenset(body.suspensions)

    def searched(self, body: DisownBody) -> str:
        return body.reason


DISOWN = DisownKind()
