"""The four boundaries an approval sets: data access, model scope, system integration, user permissions.

Each is a set of fields with one value each, described once in a numbered table (``field_tables``). The description drives
everything that treats fields alike: strict JSON, comparing two positions field by field, the editor on screen and the
table in the record. A looser value is never guessed from free text: only ordered choices, numbers, flags and sets know
"tighter" and "looser".

A table never changes once it is released. What a later version wants to limit otherwise is a table with the next number;
every table stays readable, and terms say by which one they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import TypeAlias

from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.money import money, money_said
from intake.domain.base.plurals import ONE
from intake.domain.base.reasons import Fact, Reason
from intake.domain.base.refusals import Refusal
from intake.domain.base.visible import is_blank, is_line, told_apart
from intake.domain.base.wording import Caption, Wording, enumerated, source, words

_ALL = Caption("AllBoundaries", "all")
_NONE = Caption("ValueNone", "None")
_YES = Caption("ValueYes", "Yes")
_NO = Caption("ValueNo", "No")
_NO_MONEY_AT_ALL = Caption("ValueNothingSpent", "Nothing")
_NOT_NAMED = Caption("ValueNotNamed", "Not named")
_QUOTED = Caption("EntryInQuotes", "“{entry}”")
_LINES = Caption("EntriesOnLines", "{first}\n{rest}")
_NO_CHOICE = Wording("ValueNoChoice", "it is not one of the choices")
_NEITHER = Wording("ValueNeitherYesNorNo", "it is neither yes nor no")
_NO_NUMBER = Wording("ValueNoNumber", "it is not a whole number of zero or more")
_NO_MONEY = Wording("ValueNoMoney", "it is not an amount with the code of its currency, such as EUR 20000")
_ENTRIES_OVER = Wording("EntriesOverLimit", "it has more than {limit} entries")
_ENTRY_LONG = Wording("EntryTooLong", "an entry is longer than {limit} characters")
_ENTRY_ODD = Wording("EntryTextOdd", "an entry is empty, or has spaces around it or hidden characters")
_VALUE_OF_WRONG_TYPE = Wording("ValueOfWrongType", "its value has the wrong type")
_NO_SUCH_FIELD = Wording("FieldNotInTable", "there is no such field")
_BOUNDARIES_MISSING = Wording("BoundariesMissing", "the four boundaries are not all there")
_VALUE_NOT_A_LIST = Wording("ValueNotAList", "it is not a list of texts")
_ENTRIES_NOT_SORTED = Wording("EntriesNotSorted", "its entries are not sorted or repeat")
_BOUNDARY_FIELDS_ODD = Wording("BoundaryFieldsOdd", "its fields are not the expected ones")

Value: TypeAlias = bool | int | str | frozenset[str]

MAX_TEXT = 300
MAX_ITEMS = 60


class UnreadableBoundary(Refusal):
    what = "The boundary “{field}” cannot be read: {detail}."
    why = "Both offices must sign the very same boundaries, so a value outside the agreed form is not accepted."
    next = "Correct the value and try again."


class Boundary(StrEnum):
    """The four limits, in the order in which they are always shown."""

    DATA_ACCESS = "data_access"
    MODEL_SCOPE = "model_scope"
    SYSTEM_INTEGRATION = "system_integration"
    USER_PERMISSIONS = "user_permissions"

    @property
    def named(self) -> Reason:
        return _NAMES[self.value]()

    @property
    def label(self) -> str:
        return words(self.named)


_DATA_ACCESS = Caption("BoundaryDataAccess", "Data access")
_MODEL_SCOPE = Caption("BoundaryModelScope", "Model scope")
_SYSTEM_INTEGRATION = Caption("BoundarySystemIntegration", "System integration")
_USER_PERMISSIONS = Caption("BoundaryUserPermissions", "User permissions")
_NAMES = {
    "data_access": _DATA_ACCESS,
    "model_scope": _MODEL_SCOPE,
    "system_integration": _SYSTEM_INTEGRATION,
    "user_permissions": _USER_PERMISSIONS,
}


class Form(StrEnum):
    """How a field's value is written: one of the ordered choices, a set of short texts, yes/no, a number, money or a text.

    Money is an amount with its currency (``base.money``), and empty where nothing may be spent.
    """

    CHOICE = "choice"
    SET = "set"
    FLAG = "flag"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class BoundaryField:
    """One limit. ``choices`` runs from tightest to loosest; ``wider`` tells whether more (or yes) means looser.

    What a table says in English is the source of the words for it: ``english`` is its label, ``english_why`` why it is there, and
    ``choices`` and ``unit`` (of one: ``one``) say what these are called. Other languages have them by the path, as ``limit.PATH`` and
    ``limit.PATH.why``, ``.unit`` or ``.choice.CHOICE``; so a path is called the same in every table. The words are known once
    the field is in ``FieldTables``.
    """

    boundary: Boundary
    name: str
    english: str
    form: Form
    english_why: str
    choices: tuple[tuple[str, str], ...] = ()
    wider: bool = True
    unit: str = ""
    one: str = ""
    path: str = field(init=False, compare=False)
    tightest: Value = field(init=False, compare=False)
    """The value that allows least, which is where a proposal starts."""

    def __post_init__(self) -> None:
        # Kept, because a fold reads thousands of terms by them.
        object.__setattr__(self, "path", f"{self.boundary}.{self.name}")
        object.__setattr__(self, "tightest", self._tightest())

    def make_known(self) -> None:
        """Make the English of this field that in which its reasons are said."""
        source(self._key(), self.english)
        source(self._key("why"), self.english_why)
        source(self._key("unit"), f"{{count}} {self.unit}".strip())
        if self.one:
            source(self._key(f"unit.{ONE}"), f"{{count}} {self.one}")
        for choice, called in self.choices:
            source(self._key(f"choice.{choice}"), called)

    @property
    def named(self) -> Reason:
        """What the field is called."""
        return Reason(self._key())

    @property
    def label(self) -> str:
        """What the field is called, in words."""
        return words(self.named)

    @property
    def why(self) -> str:
        """Why the field is there, in words."""
        return words(Reason(self._key("why")))

    @property
    def unit_label(self) -> str:
        """What its number counts, in words; empty for everything else."""
        return words(Reason(self._key("unit"), (("count", ""),))).strip()

    @property
    def choice_labels(self) -> tuple[tuple[str, str], ...]:
        """The choices, each with what it is called, in words."""
        return tuple((choice, words(Reason(self._key(f"choice.{choice}")))) for choice, _ in self.choices)

    def said(self, value: Value) -> Fact:
        """A value of this field as a fact to say."""
        if isinstance(value, frozenset):
            return _told_apart(sorted(value))
        if isinstance(value, bool):
            return _YES() if value else _NO()
        if self.form is Form.CHOICE:
            return Reason(self._key(f"choice.{value}"))
        if self.form is Form.NUMBER:
            return Reason(self._key("unit"), (("count", value),))
        if self.form is Form.MONEY:
            return money_said(str(value)) or _NO_MONEY_AT_ALL()
        return str(value) or _NOT_NAMED()

    def _key(self, part: str = "") -> str:
        return f"limit.{self.path}.{part}" if part else f"limit.{self.path}"

    def _tightest(self) -> Value:
        if self.form is Form.CHOICE:
            return self.choices[0][0]
        if self.form is Form.SET:
            return frozenset()
        if self.form is Form.FLAG:
            return not self.wider
        return 0 if self.form is Form.NUMBER else ""


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The fields that boundaries of this ``number`` have, in the order in which they are always shown."""

    number: int
    fields: tuple[BoundaryField, ...]
    _places: Mapping[str, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {item.path: place for place, item in enumerate(self.fields)})

    def __iter__(self) -> Iterator[BoundaryField]:
        return iter(self.fields)

    def __contains__(self, path: str) -> bool:
        return path in self._places

    def field(self, path: str) -> BoundaryField:
        """The field with this path, such as ``data_access.regions``. Raises KeyError."""
        return self.fields[self._places[path]]

    def place(self, path: str) -> int:
        """The position of the field in the table, from 0. Raises KeyError."""
        return self._places[path]

    def of(self, boundary: Boundary) -> tuple[BoundaryField, ...]:
        return tuple(item for item in self.fields if item.boundary is boundary)

    def boundaries(self, values: Mapping[str, Value]) -> Boundaries:
        """Boundaries from values by path; fields left out take their tightest value. Raises UnreadableBoundary."""
        unknown = values.keys() - self._places.keys()
        if unknown:
            raise UnreadableBoundary(field=min(unknown), detail=_NO_SUCH_FIELD())
        given = (values.get(item.path, item.tightest) for item in self.fields)
        return Boundaries(self, tuple(map(_checked, self.fields, given)))

    def read(self, value: Json) -> Boundaries:
        """Read what ``Boundaries.as_json`` wrote; every field must be there. Raises UnreadableBoundary."""
        if not isinstance(value, Mapping) or value.keys() != {boundary.value for boundary in Boundary}:
            raise UnreadableBoundary(field=_ALL(), detail=_BOUNDARIES_MISSING())
        found: dict[str, Value] = {}
        for boundary in Boundary:
            part = value[boundary.value]
            expected = self.of(boundary)
            if not isinstance(part, Mapping) or part.keys() != {item.name for item in expected}:
                raise UnreadableBoundary(field=boundary.named, detail=_BOUNDARY_FIELDS_ODD())
            for item in expected:
                found[item.path] = _from_json(item, part[item.name])
        return self.boundaries(found)


class FieldTables:
    """The tables a program knows, by number.

    A path, and each of its choices, means the same in every table: a limit that is meant otherwise gets another name.
    Raises ValueError for tables that break this, and for two with one number.
    """

    def __init__(self, tables: Iterable[FieldTable]) -> None:
        every = tuple(tables)
        self._by_number = {item.number: item for item in every}
        if len(self._by_number) < len(every):
            raise ValueError("two tables of boundary fields have the same number")
        for one, other in combinations(every, 2):
            for item in one:
                if item.path in other and not _same_sense(item, other.field(item.path)):
                    raise ValueError(f"{item.path} has another sense in table {other.number} than in {one.number}")
        # By number, so that what several tables have is called as in the newest; and only of tables that agree.
        for number in sorted(self._by_number):
            for item in self._by_number[number]:
                item.make_known()

    def __iter__(self) -> Iterator[FieldTable]:
        return iter(self._by_number.values())

    @property
    def newest(self) -> FieldTable:
        """The one that new terms are offered in."""
        return self._by_number[max(self._by_number)]

    def get(self, number: int) -> FieldTable | None:
        """None for a number that only a later version knows."""
        return self._by_number.get(number)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """A value for every field of a table, in its order. Made by ``FieldTable.boundaries`` or ``FieldTable.read``."""

    table: FieldTable
    values: tuple[Value, ...]

    def __getitem__(self, path: str) -> Value:
        return self.values[self.table.place(path)]

    @property
    def items(self) -> tuple[tuple[BoundaryField, Value], ...]:
        """Every field with its value."""
        return tuple(zip(self.table.fields, self.values, strict=True))

    def replaced(self, changes: Mapping[str, Value]) -> Boundaries:
        """These boundaries with other values in some fields. Raises UnreadableBoundary."""
        return self.table.boundaries({item.path: value for item, value in self.items} | dict(changes))

    def moved_to(self, table: FieldTable) -> Boundaries:
        """The same limits as fields of another table; what they do not say there takes its tightest value.

        A field that the other table does not have, or a choice it does not have there, is not carried over.
        """
        kept = {item.path: value for item, value in self.items if item.path in table}
        return table.boundaries({path: value for path, value in kept.items() if not _problem(table.field(path), value)})

    def as_json(self) -> dict[str, Json]:
        made: dict[str, dict[str, Json]] = {boundary.value: {} for boundary in Boundary}
        for item, value in self.items:
            made[item.boundary][item.name] = sorted(value) if isinstance(value, frozenset) else value
        return dict(made)


def _told_apart(entries: list[str]) -> Fact:
    """The entries of a list in one line; where one could be taken for two, or for none, each in quotation marks on its own line."""
    if not entries:
        return _NONE()
    if told_apart(entries) and words(_NONE()) not in entries:
        return enumerated(entries)
    return _quoted(entries)


def _quoted(entries: list[str]) -> Fact:
    if len(entries) == 1:
        return _QUOTED(entry=entries[0])
    middle = len(entries) // 2
    return _LINES(first=_quoted(entries[:middle]), rest=_quoted(entries[middle:]))


def _same_sense(one: BoundaryField, other: BoundaryField) -> bool:
    shared = [
        [key for key, _ in item.choices if key in dict(other_.choices)] for item, other_ in ((one, other), (other, one))
    ]
    return (one.form, one.unit, one.wider, shared[0]) == (other.form, other.unit, other.wider, shared[1])


def _from_json(item: BoundaryField, value: Json) -> Value:
    if item.form is Form.SET:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise UnreadableBoundary(field=item.named, detail=_VALUE_NOT_A_LIST())
        texts = [str(entry) for entry in value]
        if texts != sorted(set(texts)):
            raise UnreadableBoundary(field=item.named, detail=_ENTRIES_NOT_SORTED())
        return frozenset(texts)
    if not isinstance(value, bool | int | str):
        raise UnreadableBoundary(field=item.named, detail=_VALUE_OF_WRONG_TYPE())
    return value


def _checked(item: BoundaryField, value: Value) -> Value:
    problem = _problem(item, value)
    if problem:
        raise UnreadableBoundary(field=item.named, detail=problem)
    return value


def _problem(item: BoundaryField, value: Value) -> Reason | None:
    """What is wrong with ``value`` for this field; None when nothing is."""
    if item.form is Form.CHOICE:
        return None if any(value == key for key, _ in item.choices) else _NO_CHOICE()
    if item.form is Form.FLAG:
        return None if isinstance(value, bool) else _NEITHER()
    if item.form is Form.NUMBER:
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_INTEGER
        return None if good else _NO_NUMBER()
    if item.form is Form.MONEY:
        return None if value == "" or (isinstance(value, str) and money(value)) else _NO_MONEY()
    texts = value if isinstance(value, frozenset) else [value]
    if isinstance(value, frozenset) != (item.form is Form.SET) or not all(isinstance(entry, str) for entry in texts):
        return _VALUE_OF_WRONG_TYPE()
    if len(texts) > MAX_ITEMS:
        return _ENTRIES_OVER(limit=MAX_ITEMS)
    for entry in map(str, texts):
        if len(entry) > MAX_TEXT:
            return _ENTRY_LONG(limit=MAX_TEXT)
        if not is_line(entry) or (is_blank(entry) and (entry or item.form is Form.SET)):
            return _ENTRY_ODD()
    return None
