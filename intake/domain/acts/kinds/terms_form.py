"""Terms as a field of an act: by a table that is known here they are read, by a newer one they are kept as they are."""

from __future__ import annotations

from collections.abc import Mapping

from intake.domain.acts.kinds.forms import DAY, FieldForm, closed
from intake.domain.base.canonical import MAX_INTEGER, Json
from intake.domain.base.names import ID, PERSON
from intake.domain.terms import terms
from intake.domain.terms.boundaries import MAX_ITEMS, MAX_TEXT, Boundary, BoundaryField, FieldTable, FieldTables
from intake.domain.terms.boundaries import Form as Written
from intake.domain.terms.field_tables import FIELD_TABLES
from intake.domain.terms.terms import (
    ASKING,
    GRANTABLE,
    MAX_CONDITION_TEXT,
    MAX_CONDITIONS,
    MAX_CONFIRMED,
    NewerTerms,
    Terms,
)
from intake.domain.terms.waivers import MAX_WAIVER_REASON, MAX_WAIVERS, WAIVED


class TermsForm(FieldForm[Terms | NewerTerms]):
    def read(self, _key: str, value: Json, tables: FieldTables) -> Terms | NewerTerms:
        return terms.from_json(value, tables)

    def write(self, value: Terms | NewerTerms) -> Json:
        return value.as_json()

    @property
    def schema(self) -> Mapping[str, Json]:
        """By every table of this version, or by one it does not know."""
        numbers: list[Json] = [table.number for table in FIELD_TABLES]
        newer: Json = {
            "type": "object", "required": ["fields"],
            "properties": {"fields": {"type": "integer", "minimum": 1, "not": {"enum": numbers}}},
        }  # fmt: skip
        return {"oneOf": [*(_terms(table) for table in FIELD_TABLES), newer]}


def _terms(table: FieldTable) -> Json:
    told: dict[str, Json] = {
        "text": {"type": "string", "minLength": 1, "maxLength": MAX_CONDITION_TEXT},
        "owner": {"type": "string", "pattern": f"^{PERSON.pattern}$"},
        "due": DAY,
    }
    condition = closed(told)
    condition["properties"] = told | {
        "evidence": {"type": "string", "minLength": 1, "maxLength": MAX_CONDITION_TEXT},
        "office": {"enum": [office for office in ASKING if office]},
    }
    waiver = closed(
        {
            "what": {"type": "string", "pattern": f"^(?:{WAIVED.pattern})$"},
            "reason": {"type": "string", "minLength": 1, "maxLength": MAX_WAIVER_REASON},
        }
    )
    boundaries = {
        boundary.value: closed({item.name: _field(item) for item in table.of(boundary)}) for boundary in Boundary
    }
    whole: dict[str, Json] = {
        "stage": {"enum": [stage.value for stage in GRANTABLE]},
        "fields": {"const": table.number},
        "boundaries": closed(boundaries),
        "conditions": {"type": "array", "items": condition, "uniqueItems": True, "maxItems": MAX_CONDITIONS},
        "from": DAY,
        "expires": DAY,
        "waivers": {"type": "array", "items": waiver, "uniqueItems": True, "maxItems": MAX_WAIVERS},
    }
    made = closed(whole)
    ids: Json = {"type": "string", "pattern": f"^{ID.pattern}$"}
    met: Json = {"type": "array", "items": ids, "uniqueItems": True, "minItems": 1, "maxItems": MAX_CONFIRMED}
    made["properties"] = whole | {"confirmed": met}
    return made


def _field(item: BoundaryField) -> Json:
    said: dict[str, Json] = {"title": item.english, "description": item.english_why}
    if item.form is Written.CHOICE:
        return {**said, "enum": [key for key, _ in item.choices]}
    if item.form is Written.FLAG:
        return {**said, "type": "boolean"}
    if item.form is Written.NUMBER:
        return {**said, "type": "integer", "minimum": 0, "maximum": MAX_INTEGER}
    if item.form is Written.MONEY:
        return {**said, "type": "string", "pattern": "^([A-Z]{3} [1-9][0-9]{0,14})?$"}
    if item.form is Written.TEXT:
        return {**said, "type": "string", "maxLength": MAX_TEXT}
    entry: Json = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
    return {**said, "type": "array", "items": entry, "uniqueItems": True, "maxItems": MAX_ITEMS}
