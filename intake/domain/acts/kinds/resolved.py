"""A note that remarks are resolved: somebody who may say so has read a remark with all that answers it, and sees it settled.

It decides nothing, in any version. What it changes is which remarks are shown as open (``domain.case.remarks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import NOTE, ActKind
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import ActIdsForm
from intake.domain.base.canonical import Json
from intake.domain.base.wording import Caption, Wording

MAX_REMARKS = 500
"""How many remarks one note names."""
_CALLED = Caption("CalledResolved", "Resolved remark")
_RESOLVES_NOTHING = Wording("ResolvesNothing", "a note that remarks are resolved names at least one")


@dataclass(frozen=True, slots=True)
class ResolvedBody:
    """``remarks`` are ids of comments: a remark and everything that answers it, as far as the author has read it."""

    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Json]:
        return ResolvedKind.fields.write(self)


class ResolvedKind(ActKind[ResolvedBody]):
    name = f"{NOTE}resolved"
    called = _CALLED()
    moves = False
    fields = Fields({"remarks": ActIdsForm(limit=MAX_REMARKS)})

    def make(self, _act: Act, values: dict[str, Any]) -> ResolvedBody:
        made = ResolvedBody(**values)
        if not made.remarks:
            raise MalformedAct(detail=_RESOLVES_NOTHING())
        return made

    def named(self, body: ResolvedBody) -> frozenset[str]:
        return frozenset(body.remarks)


RESOLVED = ResolvedKind()
