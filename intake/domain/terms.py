"""Terms: the stage granted, the boundaries, the conditions and the expiry that one approval is given on.

Two offices agree when their terms have the same digest, so terms are normalised: sets are sorted and conditions stand
in one order. ``differences`` says field by field where two positions part and which of the two is tighter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain import boundaries as limits
from intake.domain import canonical
from intake.domain.acts import is_person_id
from intake.domain.boundaries import FIELDS, Boundaries, Field, Form, Value
from intake.domain.canonical import Json, clean
from intake.domain.refusals import Refusal

MAX_CONDITIONS = 50
MAX_CONDITION_TEXT = 1000


class UnreadableTerms(Refusal):
    what = "These terms cannot be read: {detail}."
    why = "Both offices must sign the very same terms, so anything outside the agreed form is not accepted."
    next = "Correct the terms and try again."


class Stage(StrEnum):
    """How far a use case may go. Suspended is not a stage; it is a state on top."""

    IDEA = "idea"
    PILOT = "pilot"
    SCALED = "scaled"
    RETIRED = "retired"


GRANTABLE = (Stage.IDEA, Stage.PILOT, Stage.SCALED)
"""What can be asked for and granted, from least to most. An idea may be prepared; nothing is used yet."""


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """Something to do, by whom (person id), until when."""

    due: date
    owner: str
    text: str

    def as_json(self) -> dict[str, Json]:
        return {"text": self.text, "owner": self.owner, "due": self.due.isoformat()}


@dataclass(frozen=True, slots=True)
class Terms:
    """Made by ``terms`` or ``from_json``, which normalise and check."""

    stage: Stage
    boundaries: Boundaries
    conditions: tuple[Condition, ...]
    expires: date

    def as_json(self) -> dict[str, Json]:
        return {
            "stage": self.stage.value,
            "boundaries": self.boundaries.as_json(),
            "conditions": [condition.as_json() for condition in self.conditions],
            "expires": self.expires.isoformat(),
        }

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form: equal digests mean the same terms."""
        return canonical.digest(self.as_json())

    def expired(self, day: date) -> bool:
        """Whether nothing may rest on these terms any more on ``day``; their last day still counts."""
        return self.expires < day


@dataclass(frozen=True, slots=True)
class Difference:
    """One point where two positions part. ``tighter`` is "left", "right" or "" when neither can be said to be."""

    path: str
    label: str
    left: str
    right: str
    tighter: str


def terms(stage: Stage, limits_: Boundaries, conditions: tuple[Condition, ...], expires: date) -> Terms:
    """Normalised terms. Raises UnreadableTerms."""
    if stage not in GRANTABLE:
        raise UnreadableTerms(detail="the stage granted must be idea, pilot or scaled")
    if len(conditions) > MAX_CONDITIONS:
        raise UnreadableTerms(detail=f"there are more than {MAX_CONDITIONS} conditions")
    for condition in conditions:
        if not condition.text.strip() or clean(condition.text).strip() != condition.text:
            raise UnreadableTerms(detail="a condition is empty, or has spaces around it or hidden characters")
        if len(condition.text) > MAX_CONDITION_TEXT:
            raise UnreadableTerms(detail=f"a condition is longer than {MAX_CONDITION_TEXT} characters")
        if not is_person_id(condition.owner):
            raise UnreadableTerms(detail="a condition has no owner")
    return Terms(stage, limits_, tuple(sorted(set(conditions))), expires)


def from_json(value: Json) -> Terms:
    """Read what ``as_json`` wrote, and only that. Raises UnreadableTerms or UnreadableBoundary."""
    if not isinstance(value, Mapping) or value.keys() != {"stage", "boundaries", "conditions", "expires"}:
        raise UnreadableTerms(detail="their fields are not the expected ones")
    stage = value["stage"]
    if stage not in [str(item) for item in GRANTABLE]:
        raise UnreadableTerms(detail="the stage granted must be idea, pilot or scaled")
    listed = value["conditions"]
    if not isinstance(listed, list):
        raise UnreadableTerms(detail="the conditions are not a list")
    made = terms(
        Stage(str(stage)),
        limits.from_json(value["boundaries"]),
        tuple(_condition(item) for item in listed),
        day(value["expires"]),
    )
    if made.as_json() != value:
        raise UnreadableTerms(detail="they are not in the agreed order")
    return made


def differences(left: Terms, right: Terms) -> tuple[Difference, ...]:
    """Where two positions part, in the order of the screen; empty exactly when the digests are equal."""
    found: list[Difference] = []
    if left.stage is not right.stage:
        tighter = "left" if GRANTABLE.index(left.stage) < GRANTABLE.index(right.stage) else "right"
        found.append(Difference("stage", "Stage granted", left.stage, right.stage, tighter))
    for item, one, other in zip(FIELDS, left.boundaries.values, right.boundaries.values, strict=True):
        if one != other:
            found.append(
                Difference(item.path, item.label, shown(item, one), shown(item, other), _tighter(item, one, other))
            )
    for condition in sorted(set(left.conditions) ^ set(right.conditions)):
        text = f"{condition.text} ({condition.owner}, {condition.due.isoformat()})"
        only_left = condition in left.conditions
        found.append(
            Difference(
                "conditions",
                "Condition",
                text if only_left else "",
                "" if only_left else text,
                "left" if only_left else "right",
            )
        )
    if left.expires != right.expires:
        tighter = "left" if left.expires < right.expires else "right"
        found.append(Difference("expires", "Expires", left.expires.isoformat(), right.expires.isoformat(), tighter))
    return tuple(found)


def shown(item: Field, value: Value) -> str:
    """A boundary value in plain words, the same on screen and on paper."""
    if isinstance(value, frozenset):
        return ", ".join(sorted(value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if item.form is Form.CHOICE:
        return dict(item.choices)[str(value)]
    if item.form is Form.NUMBER:
        return f"{value} {item.unit}".strip()
    return str(value) or "not named"


def day(value: Json) -> date:
    """Read a calendar day written as ``2026-11-22``. Raises UnreadableTerms."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    # fromisoformat also takes 20261122, which would be a second way to write the same day.
    if found is None or found.isoformat() != value:
        raise UnreadableTerms(detail="a day is not written as 2026-11-22")
    return found


def _condition(value: Json) -> Condition:
    if not isinstance(value, Mapping) or value.keys() != {"text", "owner", "due"}:
        raise UnreadableTerms(detail="a condition does not have the expected fields")
    text, owner = value["text"], value["owner"]
    if not isinstance(text, str) or not isinstance(owner, str):
        raise UnreadableTerms(detail="a condition does not have the expected fields")
    return Condition(day(value["due"]), owner, text)


def _tighter(item: Field, one: Value, other: Value) -> str:
    if item.form is Form.TEXT:
        return ""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        if not (one < other or other < one):
            return ""
        less = one < other
    elif item.form is Form.CHOICE:
        order = [choice for choice, _ in item.choices]
        less = order.index(str(one)) < order.index(str(other))
    else:
        less = int(one) < int(other)  # type: ignore[arg-type]  # sets were handled above
    return "left" if less == item.wider else "right"
