"""The four boundaries an approval sets: data access, model scope, system integration, user permissions.

Each is a set of fields with one value each, described once in ``FIELDS``. The description drives everything that treats
fields alike: strict JSON, comparing two positions field by field, the editor on screen and the table in the record. A
looser value is never guessed from free text: only ordered choices, numbers, flags and sets know "tighter" and "looser".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from intake.domain.canonical import MAX_INTEGER, Json, clean
from intake.domain.refusals import Refusal

Value: TypeAlias = bool | int | str | frozenset[str]

MAX_TEXT = 300
MAX_ITEMS = 60


class UnreadableBoundary(Refusal):
    what = "The boundary “{field}” cannot be read: {detail}."
    why = "Both offices must sign the very same limits, so a value outside the agreed form is not accepted."
    next = "Correct the value and try again."


class Boundary(StrEnum):
    """The four limits, in the order in which they are always shown."""

    DATA_ACCESS = "data_access"
    MODEL_SCOPE = "model_scope"
    SYSTEM_INTEGRATION = "system_integration"
    USER_PERMISSIONS = "user_permissions"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Form(StrEnum):
    """How a field's value is written: one of the ordered choices, a set of short texts, yes/no, a number or a text."""

    CHOICE = "choice"
    SET = "set"
    FLAG = "flag"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One limit. ``choices`` runs from tightest to loosest; ``wider`` tells whether more (or yes) means looser."""

    boundary: Boundary
    name: str
    label: str
    form: Form
    why: str
    choices: tuple[tuple[str, str], ...] = ()
    wider: bool = True
    unit: str = ""

    @property
    def path(self) -> str:
        return f"{self.boundary}.{self.name}"

    @property
    def tightest(self) -> Value:
        """The value that allows least, which is where a proposal starts."""
        if self.form is Form.CHOICE:
            return self.choices[0][0]
        if self.form is Form.SET:
            return frozenset()
        if self.form is Form.FLAG:
            return not self.wider
        return 0 if self.form is Form.NUMBER else ""


_D, _M, _S, _U = Boundary

FIELDS: tuple[Field, ...] = (
    Field(
        _D, "highest_class", "Highest class of data", Form.CHOICE,
        "Data that never enters the system cannot leak from it.",
        (("public", "Public"), ("internal", "Internal"), ("confidential", "Confidential"), ("restricted", "Restricted")),
    ),
    Field(
        _D, "categories", "Categories of data allowed", Form.SET,
        "A named list can be checked; “business data” cannot.",
    ),
    Field(
        _D, "personal_data", "Personal data", Form.CHOICE,
        "Personal data brings duties to the people it is about, and special categories bring stricter ones.",
        (("none", "None"), ("ordinary", "Ordinary personal data"), ("special", "Including special categories")),
    ),
    Field(
        _D, "prompt_retention_days", "Prompts kept for", Form.NUMBER,
        "What is kept can be lost or demanded; what is not kept cannot explain an incident.", unit="days",
    ),
    Field(
        _D, "output_retention_days", "Outputs kept for", Form.NUMBER,
        "Outputs may repeat what went in, so they need a limit of their own.", unit="days",
    ),
    Field(
        _D, "vendor_training", "Vendor may train on our data", Form.FLAG,
        "What a vendor trains on can come out again in front of others.",
    ),
    Field(
        _D, "regions", "Regions of processing", Form.SET,
        "The law that protects the data is the law of the place where it is processed.",
    ),
    Field(
        _M, "provider", "Provider", Form.TEXT,
        "The approval rests on what is known about this provider, and on no other.",
    ),
    Field(
        _M, "model", "Model", Form.TEXT,
        "Another model behaves differently, so it needs another look.",
    ),
    Field(
        _M, "versions", "Versions", Form.TEXT,
        "A silent upgrade can undo every test; name the version or the range that was tested.",
    ),
    Field(
        _M, "purposes_allowed", "Purposes allowed", Form.SET,
        "Risk was judged for these purposes only.",
    ),
    Field(
        _M, "purposes_forbidden", "Purposes forbidden", Form.SET,
        "Naming the tempting misuse stops it before it starts.", wider=False,
    ),
    Field(
        _M, "autonomy", "Autonomy", Form.CHOICE,
        "The less a person decides, the more a wrong output does before anyone notices.",
        (
            ("suggests", "Suggests; a person does the work"),
            ("drafts", "Drafts; a person checks each result"),
            ("acts_with_approval", "Acts after a person approves each action"),
            ("acts_with_veto", "Acts; a person can stop it"),
            ("acts_alone", "Acts alone"),
        ),
    ),
    Field(
        _S, "systems", "Systems connected", Form.SET,
        "Each connected system can be reached by whoever misleads the model.",
    ),
    Field(
        _S, "access", "Access to these systems", Form.CHOICE,
        "Reading leaks, writing damages: the second needs a stronger reason.",
        (("none", "None"), ("read", "Read"), ("write", "Read and write")),
    ),
    Field(
        _S, "tools", "Tools the model may call", Form.SET,
        "A tool turns words into actions; only listed tools were examined.",
    ),
    Field(
        _S, "code_execution", "May run code it wrote", Form.FLAG,
        "Code made from untrusted text is untrusted code.",
    ),
    Field(
        _S, "network", "Network reach", Form.CHOICE,
        "Without a way out, stolen data stays inside.",
        (
            ("none", "None"),
            ("internal", "Internal only"),
            ("allowlist", "Listed addresses"),
            ("internet", "Open internet"),
        ),
    ),
    Field(
        _U, "groups", "Groups who may use it", Form.SET,
        "Access for everyone is access for the careless and the curious too.",
    ),
    Field(
        _U, "max_users", "Users at most", Form.NUMBER,
        "A pilot stays a pilot only while its size is limited.", unit="people",
    ),
    Field(
        _U, "granted_by", "Who grants access", Form.TEXT,
        "One named role can also take access away again.",
    ),
    Field(
        _U, "training_needed", "Training needed first", Form.FLAG,
        "People who know the limits of a model catch its mistakes.", wider=False,
    ),
)  # fmt: skip

_BY_PATH = {field.path: field for field in FIELDS}


def field(path: str) -> Field:
    """The field with this path, such as ``data_access.regions``. Raises KeyError."""
    return _BY_PATH[path]


def fields_of(boundary: Boundary) -> tuple[Field, ...]:
    return tuple(item for item in FIELDS if item.boundary is boundary)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """A value for every field, in the order of ``FIELDS``. Made by ``boundaries`` or ``from_json``."""

    values: tuple[Value, ...]

    def __getitem__(self, path: str) -> Value:
        return self.values[FIELDS.index(_BY_PATH[path])]

    def replaced(self, changes: Mapping[str, Value]) -> Boundaries:
        """These boundaries with some fields set anew. Raises UnreadableBoundary."""
        return boundaries({item.path: self.values[index] for index, item in enumerate(FIELDS)} | dict(changes))

    def as_json(self) -> dict[str, Json]:
        made: dict[str, dict[str, Json]] = {boundary.value: {} for boundary in Boundary}
        for item, value in zip(FIELDS, self.values, strict=True):
            made[item.boundary][item.name] = sorted(value) if isinstance(value, frozenset) else value
        return dict(made)


def boundaries(values: Mapping[str, Value]) -> Boundaries:
    """Boundaries from values by path; fields left out take their tightest value. Raises UnreadableBoundary."""
    unknown = values.keys() - _BY_PATH.keys()
    if unknown:
        raise UnreadableBoundary(field=min(unknown), detail="there is no such field")
    return Boundaries(tuple(_checked(item, values.get(item.path, item.tightest)) for item in FIELDS))


def from_json(value: Json) -> Boundaries:
    """Read what ``as_json`` wrote; every field must be there. Raises UnreadableBoundary."""
    if not isinstance(value, Mapping) or value.keys() != {boundary.value for boundary in Boundary}:
        raise UnreadableBoundary(field="all", detail="the four boundaries are not all there")
    found: dict[str, Value] = {}
    for boundary in Boundary:
        part = value[boundary.value]
        expected = {item.name for item in fields_of(boundary)}
        if not isinstance(part, Mapping) or part.keys() != expected:
            raise UnreadableBoundary(field=boundary.label, detail="its fields are not the expected ones")
        for item in fields_of(boundary):
            found[item.path] = _from_json(item, part[item.name])
    return boundaries(found)


def _from_json(item: Field, value: Json) -> Value:
    if item.form is Form.SET:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise UnreadableBoundary(field=item.label, detail="it is not a list of texts")
        texts = [str(entry) for entry in value]
        if texts != sorted(set(texts)):
            raise UnreadableBoundary(field=item.label, detail="its entries are not sorted or repeat")
        return frozenset(texts)
    if not isinstance(value, bool | int | str):
        raise UnreadableBoundary(field=item.label, detail="its value has the wrong type")
    return value


def _checked(item: Field, value: Value) -> Value:
    problem = _problem(item, value)
    if problem:
        raise UnreadableBoundary(field=item.label, detail=problem)
    return value


def _problem(item: Field, value: Value) -> str:
    """What is wrong with ``value`` for this field, or nothing."""
    if item.form is Form.CHOICE:
        return "" if value in dict(item.choices) else "it is not one of the choices"
    if item.form is Form.FLAG:
        return "" if isinstance(value, bool) else "it is neither yes nor no"
    if item.form is Form.NUMBER:
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_INTEGER
        return "" if good else "it is not a whole number of zero or more"
    texts = value if isinstance(value, frozenset) else [value]
    if isinstance(value, frozenset) != (item.form is Form.SET) or not all(isinstance(entry, str) for entry in texts):
        return "its value has the wrong type"
    if len(texts) > MAX_ITEMS:
        return f"it has more than {MAX_ITEMS} entries"
    for entry in map(str, texts):
        if len(entry) > MAX_TEXT:
            return f"an entry is longer than {MAX_TEXT} characters"
        if clean(entry).strip() != entry or (item.form is Form.SET and not entry):
            return "an entry is empty, or has spaces around it or hidden characters"
    return ""
