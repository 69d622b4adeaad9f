"""Terms: the stage granted, the boundaries, the conditions, and the days from which and until which one approval holds.

Two offices agree when their terms have the same digest, so terms are normalised: sets are sorted and conditions are
in one order. The number of the field table they are written by (``fields``) is part of them. ``differences`` says where two
positions differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from intake.domain.base import canonical
from intake.domain.base.canonical import Json, clean
from intake.domain.base.names import is_id, is_person_id
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import is_blank
from intake.domain.base.wording import Wording, said
from intake.domain.terms.boundaries import Boundaries, BoundaryField, FieldTable, FieldTables, Value
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.waivers import Waiver, normalised, read_waiver

_STAGE_NOT_GRANTABLE = Wording("StageNotGrantable", "the stage granted must be idea, pilot or scaled")
_CONDITIONS_TOO_MANY = Wording("ConditionsTooMany", "there are more than {limit} conditions")
_TERMS_FIELDS_ODD = Wording("TermsFieldsOdd", "their fields are not the expected ones")
_TABLE_NUMBER_ODD = Wording("TableNumberOdd", "the number of their field table is not a positive whole number")
_ENDS_BEFORE = Wording("TermsEndBefore", "they end before the day from which they hold")
_CONDITIONS_NOT_A_LIST = Wording("ConditionsNotAList", "the conditions are not a list")
_WAIVERS_NOT_A_LIST = Wording("WaiversNotAList", "the waivers are not a list")
_TERMS_NOT_IN_ORDER = Wording("TermsNotInOrder", "they are not in the agreed order")
_DAY_NOT_IN_FORM = Wording("DayNotInForm", "a day is not written as 2026-11-22")
_CONDITION_FIELDS_ODD = Wording("ConditionFieldsOdd", "a condition does not have the expected fields")
_CONDITION_TEXT_ODD = Wording("ConditionTextOdd", "a condition is empty, or has spaces around it or hidden characters")
_CONDITION_TOO_LONG = Wording("ConditionTooLong", "a condition is longer than {limit} characters")
_CONDITION_WITHOUT_OWNER = Wording("ConditionWithoutOwner", "a condition has no owner")
_EVIDENCE_ODD = Wording(
    "ConditionEvidenceOdd",
    "what shows that a condition is met has spaces around it, hidden characters or too much of it",
)
_CONFIRMED_ODD = Wording(
    "ConfirmedOdd",
    "what they call confirmed is not a list of at most {limit} commitments by their ids, sorted and without repeats",
)
_ASKED_BY_NOBODY = Wording("ConditionAskedByNobody", "a condition names an office that is none")

MAX_CONDITIONS = 50
MAX_CONDITION_TEXT = 1000
MAX_CONFIRMED = 200
"""How many commitments terms call confirmed."""


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


ASKING = ("", "cio", "ciso")
"""Which office asks for a condition, and so confirms that it is met; empty where either does."""


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """Something to do, by whom (person id), until when. ``evidence`` is what shows that it was done, ``office`` who asks for it.

    What is empty of the last two is not written.
    """

    due: date
    owner: str
    text: str
    evidence: str = ""
    office: str = ""

    @property
    def digest(self) -> str:
        """What names it where it is answered."""
        return canonical.digest(self.as_json())

    def as_json(self) -> dict[str, Json]:
        made: dict[str, Json] = {"text": self.text, "owner": self.owner, "due": self.due.isoformat()}
        if self.evidence:
            made["evidence"] = self.evidence
        if self.office:
            made["office"] = self.office
        return made


@dataclass(frozen=True, slots=True)
class Terms:
    """Made by ``terms`` or ``from_json``, which normalise and check. They hold from ``begins`` to ``expires``, both included.

    Both days are signed, so that how long an approval holds, and what is due by then, needs no clock. ``confirmed`` are the
    commitments (ids) that an office had confirmed before: both sign it, and no record has to be worked out from more than them.
    """

    stage: Stage
    boundaries: Boundaries
    conditions: tuple[Condition, ...]
    begins: date
    expires: date
    waivers: tuple[Waiver, ...] = ()
    confirmed: tuple[str, ...] = ()
    _digest: str = field(default="", init=False, repr=False, compare=False)
    """Once it is known: a fold asks every opinion for it, again and again."""

    def as_json(self) -> dict[str, Json]:
        """What is not written where nothing was confirmed before is the list of it."""
        made: dict[str, Json] = {
            "stage": self.stage.value,
            "fields": self.boundaries.table.number,
            "boundaries": self.boundaries.as_json(),
            "conditions": [condition.as_json() for condition in self.conditions],
            "from": self.begins.isoformat(),
            "expires": self.expires.isoformat(),
            "waivers": [waiver.as_json() for waiver in self.waivers],
        }
        if self.confirmed:
            made["confirmed"] = list(self.confirmed)
        return made

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form: equal digests mean the same terms."""
        if not self._digest:
            # Every field was checked when the terms were made.
            object.__setattr__(self, "_digest", canonical.sha256(canonical.dump_checked(self.as_json())))
        return self._digest

    def moved_to(self, table: FieldTable) -> Terms:
        """The same terms with their limits written by another table; see ``Boundaries.moved_to`` for what that loses."""
        return replace(self, boundaries=self.boundaries.moved_to(table))

    @property
    def days(self) -> int:
        """How many days after the first the last one is."""
        return (self.expires - self.begins).days

    def covers(self, day: date) -> bool:
        """Whether they hold on ``day``: not before their first, nor after their last."""
        return self.begins <= day <= self.expires

    def expired(self, day: date) -> bool:
        """Whether nothing may rest on these terms any more on ``day``; their last day still counts."""
        return self.expires < day


@dataclass(frozen=True, slots=True)
class NewerTerms:
    """Terms written by a field table that only a later version knows: kept as they are, named, and never granted here.

    Anything in them may mean something else than this version would read, so nothing of it is checked. ``stage`` and
    ``expires`` say what they seem to be, for display and to be careful with; None when that cannot be told.
    """

    fields: int
    written: Mapping[str, Json] = field(hash=False)

    def as_json(self) -> dict[str, Json]:
        return dict(self.written)

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical form, the same as a later version computes."""
        return canonical.digest(self.as_json())

    @property
    def stage(self) -> Stage | None:
        return next((item for item in GRANTABLE if item.value == self.written.get("stage")), None)

    @property
    def expires(self) -> date | None:
        try:
            return day(self.written.get("expires"))
        except UnreadableTerms:
            return None


def terms(
    stage: Stage,
    limits_: Boundaries,
    conditions: tuple[Condition, ...],
    begins: date,
    expires: date,
    waivers: tuple[Waiver, ...] = (),
    confirmed: tuple[str, ...] = (),
) -> Terms:
    """Normalised terms. Raises UnreadableTerms or UnreadableWaiver."""
    if stage not in GRANTABLE:
        raise UnreadableTerms(detail=_STAGE_NOT_GRANTABLE())
    if len(conditions) > MAX_CONDITIONS:
        raise UnreadableTerms(detail=_CONDITIONS_TOO_MANY(limit=MAX_CONDITIONS))
    for condition in conditions:
        if is_blank(condition.text) or clean(condition.text).strip() != condition.text:
            raise UnreadableTerms(detail=_CONDITION_TEXT_ODD())
        if len(condition.text) > MAX_CONDITION_TEXT:
            raise UnreadableTerms(detail=_CONDITION_TOO_LONG(limit=MAX_CONDITION_TEXT))
        if not is_person_id(condition.owner):
            raise UnreadableTerms(detail=_CONDITION_WITHOUT_OWNER())
        if len(condition.evidence) > MAX_CONDITION_TEXT or clean(condition.evidence).strip() != condition.evidence:
            raise UnreadableTerms(detail=_EVIDENCE_ODD())
        if condition.office not in ASKING:
            raise UnreadableTerms(detail=_ASKED_BY_NOBODY())
    if expires < begins:
        raise UnreadableTerms(detail=_ENDS_BEFORE())
    if len(confirmed) > MAX_CONFIRMED or not all(map(is_id, confirmed)):
        raise UnreadableTerms(detail=_CONFIRMED_ODD(limit=MAX_CONFIRMED))
    met = tuple(sorted(set(confirmed)))
    return Terms(stage, limits_, tuple(sorted(set(conditions))), begins, expires, normalised(waivers), met)


def offered(made: Terms, held: Iterable[Terms], tables: FieldTables = FIELD_TABLES) -> Terms:
    """``made`` as it is signed: unchanged where an office holds the very same terms, else by the newest field table.

    Who countersigns signs what the other did, number included; who proposes something says everything that can be said.
    """
    if any(item == made for item in held):
        return made
    return made.moved_to(tables.newest)


def from_json(value: Json, tables: FieldTables = FIELD_TABLES) -> Terms | NewerTerms:
    """Read what ``as_json`` wrote, and only that; of terms by a table that is not in ``tables``, only the number.

    Raises UnreadableTerms, UnreadableBoundary or UnreadableWaiver.
    """
    if not isinstance(value, Mapping) or "fields" not in value:
        raise UnreadableTerms(detail=_TERMS_FIELDS_ODD())
    number = value["fields"]
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise UnreadableTerms(detail=_TABLE_NUMBER_ODD())
    table = tables.get(number)
    if table is None:
        return NewerTerms(number, value)
    if value.keys() - {"confirmed"} != {"stage", "fields", "boundaries", "conditions", "from", "expires", "waivers"}:
        raise UnreadableTerms(detail=_TERMS_FIELDS_ODD())
    stage = value["stage"]
    if stage not in [str(item) for item in GRANTABLE]:
        raise UnreadableTerms(detail=_STAGE_NOT_GRANTABLE())
    listed = value["conditions"]
    if not isinstance(listed, list):
        raise UnreadableTerms(detail=_CONDITIONS_NOT_A_LIST())
    waived = value["waivers"]
    if not isinstance(waived, list):
        raise UnreadableTerms(detail=_WAIVERS_NOT_A_LIST())
    met = value.get("confirmed", [])
    if not isinstance(met, list) or not all(map(is_id, met)):
        raise UnreadableTerms(detail=_CONFIRMED_ODD(limit=MAX_CONFIRMED))
    made = terms(
        Stage(str(stage)),
        table.read(value["boundaries"]),
        tuple(read_condition(item) for item in listed),
        day(value["from"]),
        day(value["expires"]),
        tuple(read_waiver(item) for item in waived),
        tuple(map(str, met)),
    )
    if made.as_json() != value:
        raise UnreadableTerms(detail=_TERMS_NOT_IN_ORDER())
    return made


def shown(item: BoundaryField, value: Value) -> str:
    """A boundary value in plain words, for everything but the record, which has its own."""
    return said(item.said(value))


def day(value: Json) -> date:
    """Read a calendar day written as ``2026-11-22``. Raises UnreadableTerms."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    # fromisoformat also takes 20261122, which would be a second way to write the same day.
    if found is None or found.isoformat() != value:
        raise UnreadableTerms(detail=_DAY_NOT_IN_FORM())
    return found


def read_condition(value: Json) -> Condition:
    """Read what ``Condition.as_json`` wrote. Raises UnreadableTerms."""
    if not isinstance(value, Mapping) or value.keys() - {"evidence", "office"} != {"text", "owner", "due"}:
        raise UnreadableTerms(detail=_CONDITION_FIELDS_ODD())
    words = [value[key] for key in ("owner", "text")] + [value.get(key, "") for key in ("evidence", "office")]
    texts = [item for item in words if isinstance(item, str)]
    if len(texts) < len(words):
        raise UnreadableTerms(detail=_CONDITION_FIELDS_ODD())
    return Condition(day(value["due"]), *texts)
