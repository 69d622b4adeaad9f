"""The owner says how many people use what runs, and what it has cost. It is compared with what was granted, and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.domain.acts.envelope import Act, MalformedAct
from intake.domain.acts.kinds.description import ActKind, Effect, Signers
from intake.domain.acts.kinds.fields import Fields
from intake.domain.acts.kinds.forms import DayForm, FieldForm
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.money import money
from intake.domain.base.wording import Caption, Wording
from intake.domain.terms.boundaries import FieldTables

_CALLED = Caption("CalledFigures", "Report of users and cost")
_NO_COUNT = Wording("FiguresNoCount", "its number of users is not a whole number of zero or more")
_NO_MONEY = Wording("FiguresNoMoney", "its cost is not an amount with the code of its currency, such as EUR 20000")
_AHEAD = Wording("FiguresAhead", "its figures are of a day after the one on which it was signed")


@dataclass(frozen=True, slots=True)
class FiguresBody:
    """``users`` are those who use it on ``day``, ``cost`` is all it has cost since what is in force began (``base.money``)."""

    day: date
    users: int
    cost: str

    def as_json(self) -> dict[str, Json]:
        return FiguresKind.fields.write(self)


class _CountForm(FieldForm[int]):
    def read(self, _key: str, value: Json, _tables: FieldTables) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_INTEGER:
            raise MalformedAct(detail=_NO_COUNT())
        return value

    def write(self, value: int) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {"type": "integer", "minimum": 0, "maximum": MAX_INTEGER}


class _MoneyForm(FieldForm[str]):
    def read(self, _key: str, value: Json, _tables: FieldTables) -> str:
        if not isinstance(value, str) or (value and money(value) is None):
            raise MalformedAct(detail=_NO_MONEY())
        return value

    def write(self, value: str) -> Json:
        return value

    @property
    def schema(self) -> Mapping[str, Json]:
        return {
            "type": "string", "pattern": "^([A-Z]{3} [1-9][0-9]{0,14})?$",
            "description": "A currency of ISO 4217 and whole units of it; empty for nothing.",
        }  # fmt: skip


class FiguresKind(ActKind[FiguresBody]):
    name = "figures"
    called = _CALLED()
    effect = Effect.MEASURES
    signers = Signers.OWN_CASE
    moves = False
    fields = Fields({"day": DayForm(), "users": _CountForm(), "cost": _MoneyForm()})

    def make(self, act: Act, values: dict[str, Any]) -> FiguresBody:
        body = FiguresBody(**values)
        if body.day > act.at.date():
            raise MalformedAct(detail=_AHEAD())
        return body

    def searched(self, body: FiguresBody) -> str:
        return body.cost


FIGURES = FiguresKind()
