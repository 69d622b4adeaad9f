"""The owner of a commitment says that it is met, with what shows it (rule R14). It waits for an office to confirm it or send it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, Attachment
from intake.domain.acts.kinds.description import ActKind, Effect
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DigestForm, FilesForm, TextForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption

_CALLED = Caption("CalledReport", "Report on a commitment")


@dataclass(frozen=True, slots=True)
class ReportBody:
    """``commitment`` is the id of the commitment, ``attachments`` are what shows that it is met."""

    commitment: str
    text: str
    attachments: tuple[Attachment, ...]

    def as_json(self) -> dict[str, Json]:
        return ReportKind.fields.write(self)


class ReportKind(ActKind[ReportBody]):
    """Anybody listed may own a commitment; the judge asks whether its signer owns this one."""

    name = "report"
    called = _CALLED()
    effect = Effect.MEETS
    fields = Fields({"commitment": DigestForm(), "text": TextForm(), "attachments": FilesForm()})

    def make(self, _act: Act, values: dict[str, Any]) -> ReportBody:
        return ReportBody(**values)

    def attached(self, body: ReportBody) -> tuple[Attachment, ...]:
        return body.attachments

    def searched(self, body: ReportBody) -> str:
        return body.text


REPORT = ReportKind()
