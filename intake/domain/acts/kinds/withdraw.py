"""The end of a case, by those whose case it is. It counts at once; a revision that knows of it opens the case again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds.description import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, FileForm, OptionalForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledWithdrawal", "Withdrawal")


@dataclass(frozen=True, slots=True)
class WithdrawBody:
    """``base`` and ``record`` are the record of the withdrawal, when one was made."""

    reason: str
    base: str = ""
    record: Attachment | None = None

    def as_json(self) -> dict[str, Json]:
        return WithdrawKind.fields.write(self)


class WithdrawKind(ActKind[WithdrawBody]):
    name = "withdraw"
    called = _CALLED()
    effect = Effect.CLOSES
    signers = Signers.OWN_CASE
    fields = Fields({"reason": TextForm(), "base": DigestForm(optional=True), "record": OptionalForm(FileForm())})

    def make(self, _act: Act, values: dict[str, Any]) -> WithdrawBody:
        return WithdrawBody(**values)

    def objects(self, _body: WithdrawBody) -> bool:
        return True

    def attached(self, body: WithdrawBody) -> tuple[Attachment, ...]:
        return (body.record,) if body.record else ()


WITHDRAW = WithdrawKind()
